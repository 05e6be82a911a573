// SPDX-License-Identifier: Apache-2.0
#include "cli/case/file_system.h"

#include <sys/vfs.h>

#include <algorithm>
#include <array>
#include <cstdint>

namespace boarddiff::cli {

bool is_on_network(const std::filesystem::path& path) {
  // NFS, SMB and CIFS, Lustre, GPFS, Ceph, AFS, Plan 9, Coda; and FUSE, which sshfs and GlusterFS go through.
  constexpr std::array<std::uint32_t, 12> kKinds = {0x6969,     0x517b,     0xff534d42, 0xfe534d42,
                                                    0x0bd00bd0, 0x47504653, 0x00c36400, 0x5346414f,
                                                    0x6b414653, 0x01021997, 0x73757245, 0x65735546};
  std::error_code error;
  const std::filesystem::path folder = std::filesystem::absolute(path, error).parent_path();
  struct statfs status = {};
  if (statfs(path.c_str(), &status) != 0 && statfs(folder.c_str(), &status) != 0) {
    return false;
  }
  return std::find(kKinds.begin(), kKinds.end(), static_cast<std::uint32_t>(status.f_type)) != kKinds.end();
}

}  // namespace boarddiff::cli
