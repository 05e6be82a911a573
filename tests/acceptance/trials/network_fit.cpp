// SPDX-License-Identifier: Apache-2.0
#include "tests/acceptance/trials/network_fit.h"

#include "imaging/base/error.h"
#include "imaging/base/random.h"
#include "imaging/base/text.h"

#include <Eigen/Core>

#include <algorithm>
#include <cmath>
#include <numeric>
#include <optional>
#include <set>

namespace boarddiff::trials {
namespace {

using compare::HiddenWeights;
using compare::kHiddenUnits;
using compare::RegionNetwork;
using imaging::fixed_text;
using imaging::Random;

constexpr int kEpochs = 80;
constexpr int kBatch = 200;

using Table = Eigen::MatrixXd;

struct Examples {
  Table signs = {};                // a column for each region, in deviations
  std::vector<bool> changes = {};  // whether it hits one
  std::vector<int> kinds = {};  // index in those of the plan; -1 where it hits none or several, or one of no such kind
};

bool goes_by_parts(const NetworkPlan& plan) {
  return plan.modality == imaging::Modality::photo && plan.signs > compare::kSignsWithoutParts;
}

// Whether another piece of the same thing says more.
bool is_outdone(const TriedRegion& piece, const std::vector<TriedRegion>& all) {
  return std::any_of(all.begin(), all.end(), [&](const TriedRegion& other) {
    return other.thing == piece.thing && other.weight > piece.weight;
  });
}

// Of X-rays, of a thing that is a change the piece that says most today: that others of it are weak is no sign of a
// change. Of what is none every piece, for each could be called.
std::vector<const TriedRegion*> regions_for(const NetworkPlan& plan, const std::vector<FindingTrial>& trials) {
  std::vector<const TriedRegion*> regions;
  for (const FindingTrial& trial : trials) {
    if (trial.modality != plan.modality) continue;
    if (goes_by_parts(plan) && !trial.parts_known) continue;
    for (const TriedRegion& region : trial.regions) {
      const bool is_piece_of_change = plan.modality == imaging::Modality::xray && !region.hits.empty();
      if (is_piece_of_change && is_outdone(region, trial.regions)) continue;
      regions.push_back(&region);
    }
  }
  return regions;
}

RegionNetwork standardised(const std::vector<const TriedRegion*>& regions, int signs) {
  constexpr double kLeastDeviation = 1e-6;
  RegionNetwork network{.signs = std::vector<compare::SignRow>(static_cast<std::size_t>(signs))};
  const auto count = static_cast<double>(std::max<std::size_t>(1, regions.size()));
  for (int i = 0; i < signs; ++i) {
    double sum = 0;
    double squares = 0;
    for (const TriedRegion* region : regions) {
      sum += region->signs[i];
      squares += region->signs[i] * region->signs[i];
    }
    compare::SignRow& sign = network.signs.at(static_cast<std::size_t>(i));
    sign.mean = sum / count;
    sign.deviation = std::max(kLeastDeviation, std::sqrt(std::max(0.0, squares / count - sign.mean * sign.mean)));
  }
  return network;
}

Examples examples_of(const std::vector<const TriedRegion*>& regions, const RegionNetwork& scales,
                     const NetworkPlan& plan) {
  Examples examples{.signs = Table(plan.signs, static_cast<Eigen::Index>(regions.size()))};
  for (const TriedRegion* region : regions) {
    examples.signs.col(static_cast<Eigen::Index>(examples.kinds.size())) = in_deviations(region->signs, scales);
    examples.changes.push_back(!region->hits.empty());
    examples.kinds.push_back(one_kind_of(*region, plan.kinds));
  }
  return examples;
}

// A table that is being fitted: steps along the gradient as long as Adam makes them.
class Fitted {
 public:
  explicit Fitted(Table start)
      : values_(std::move(start)),
        mean_(Table::Zero(values_.rows(), values_.cols())),
        square_(Table::Zero(values_.rows(), values_.cols())) {}

  [[nodiscard]] const Table& values() const { return values_; }

  void step_against(const Table& gradient) {
    constexpr double kRate = 1e-3;
    constexpr double kMeanOf = 0.9;
    constexpr double kSquareOf = 0.999;
    constexpr double kFloor = 1e-8;
    ++steps_;
    mean_ = kMeanOf * mean_ + (1 - kMeanOf) * gradient;
    square_ = kSquareOf * square_ + (1 - kSquareOf) * gradient.cwiseAbs2();
    const double rate = kRate * std::sqrt(1 - std::pow(kSquareOf, steps_)) / (1 - std::pow(kMeanOf, steps_));
    values_.array() -= rate * mean_.array() / (square_.array().sqrt() + kFloor);
  }

 private:
  Table values_;
  Table mean_;
  Table square_;
  int steps_ = 0;
};

// As wide as keeps the sizes of what goes through alike (Glorot and Bengio, AISTATS 2010).
Table random_table(int rows, int columns, Random& random) {
  const double widest = std::sqrt(6.0 / (rows + columns));
  return Table::NullaryExpr(rows, columns, [&] { return random.uniform(-widest, widest); });
}

int kinds_of(const NetworkPlan& plan) { return static_cast<int>(plan.kinds.size()); }

class Member {
 public:
  Member(const NetworkPlan& plan, Random random)
      : decay_(plan.decay),
        blur_(plan.blur),
        share_(1.0 / plan.networks),
        signs_(random_table(plan.units, plan.signs, random)),
        hidden_bias_(Table::Zero(plan.units, 1)),
        units_(random_table(1 + kinds_of(plan), plan.units, random)),  // whether it is a change, then which
        output_bias_(Table::Zero(1 + kinds_of(plan), 1)) {}

  void learn_from(const Examples& examples, const std::vector<int>& batch, Random& random) {
    const auto count = static_cast<double>(batch.size());
    const Table signs = examples.signs(Eigen::all, batch) +
                        Table::NullaryExpr(examples.signs.rows(), static_cast<Eigen::Index>(batch.size()),
                                           [&] { return random.uniform(-blur_, blur_); });
    const Table sums = (signs_.values() * signs).colwise() + hidden_bias_.values().col(0);
    const Table units = sums.cwiseMax(0);
    Table errors = (units_.values() * units).colwise() + output_bias_.values().col(0);
    for (std::size_t i = 0; i < batch.size(); ++i) {
      to_errors(errors.col(static_cast<Eigen::Index>(i)), examples, batch[i]);
    }
    errors /= count;
    const Table back = (units_.values().transpose() * errors).array() * (sums.array() > 0).cast<double>();
    const double decay = decay_ / static_cast<double>(examples.kinds.size());
    units_.step_against(errors * units.transpose() + decay * units_.values());
    output_bias_.step_against(errors.rowwise().sum());
    signs_.step_against(back * signs.transpose() + decay * signs_.values());
    hidden_bias_.step_against(back.rowwise().sum());
  }

  // As the one of that number, from 0 on: its units come behind those of the others.
  void join(RegionNetwork& network, std::size_t number) const {
    const auto units = static_cast<std::size_t>(signs_.values().rows());
    const std::size_t first = number * units;
    for (std::size_t unit = 0; unit < units; ++unit) {
      const auto own = static_cast<Eigen::Index>(unit);
      for (std::size_t i = 0; i < static_cast<std::size_t>(signs_.values().cols()); ++i) {
        network.signs.at(i).weights.at(first + unit) = signs_.values()(own, static_cast<Eigen::Index>(i));
      }
      network.bias.at(first + unit) = hidden_bias_.values()(own, 0);
    }
    join_output(network.change, 0, first);
    for (std::size_t kind = 0; kind < network.kinds.size(); ++kind) {
      join_output(network.kinds.at(kind).output, static_cast<Eigen::Index>(kind) + 1, first);
    }
  }

 private:
  // The outputs of one region become the gradients of its loss: the cross entropy of being a change, and that of its
  // kind as far as it is taken for a change, for only then is it asked.
  static void to_errors(Eigen::Ref<Eigen::VectorXd> outputs, const Examples& examples, int index) {
    const auto at = static_cast<std::size_t>(index);
    const double likely = 1 / (1 + std::exp(-outputs[0]));
    outputs[0] = likely - (examples.changes[at] ? 1 : 0);
    auto kinds = outputs.tail(outputs.size() - 1);
    if (examples.kinds[at] < 0) {
      kinds.setZero();
      return;
    }
    kinds = (kinds.array() - kinds.maxCoeff()).exp();
    kinds /= kinds.sum();
    kinds[examples.kinds[at]] -= 1;
    kinds *= likely;
  }

  void join_output(compare::OutputRow& row, Eigen::Index output, std::size_t first) const {
    row.bias += output_bias_.values()(output, 0) * share_;
    for (std::size_t unit = 0; unit < static_cast<std::size_t>(units_.values().cols()); ++unit) {
      row.weights.at(first + unit) = units_.values()(output, static_cast<Eigen::Index>(unit)) * share_;
    }
  }

  double decay_;
  double blur_;
  double share_;  // in the network that they are joined to
  Fitted signs_;
  Fitted hidden_bias_;
  Fitted units_;
  Fitted output_bias_;
};

void shuffle(std::vector<int>& order, Random& random) {
  for (int i = static_cast<int>(order.size()) - 1; i > 0; --i) {
    std::swap(order[static_cast<std::size_t>(i)], order[static_cast<std::size_t>(random.integer(0, i))]);
  }
}

Member fitted_member(const Examples& examples, const NetworkPlan& plan, const Random& random) {
  Member member(plan, random.stream("start"));
  Random order_random = random.stream("order");
  Random blur_random = random.stream("blur");
  std::vector<int> order(examples.kinds.size());
  std::iota(order.begin(), order.end(), 0);
  for (int epoch = 0; epoch < kEpochs; ++epoch) {
    shuffle(order, order_random);
    for (auto from = order.begin(); from != order.end();) {
      const auto to = from + std::min<std::ptrdiff_t>(kBatch, order.end() - from);
      member.learn_from(examples, {from, to}, blur_random);
      from = to;
    }
  }
  return member;
}

// Without the units at the end that add nothing.
std::string row_text(const HiddenWeights& row) {
  std::string text = "{";
  const auto used = std::find_if(row.rbegin(), row.rend(), [](double weight) { return weight != 0; });
  for (std::size_t i = 0; i < static_cast<std::size_t>(row.rend() - used); ++i) {
    text.append(i == 0 ? "" : i % 12 == 0 ? ",\n      " : ", ").append(fixed_text(row.at(i), 3));
  }
  return text + "}";
}

std::string_view sign_name(const NetworkPlan& plan, std::size_t index) {
  return plan.modality == imaging::Modality::photo ? compare::region_sign_name(static_cast<int>(index))
                                                   : compare::kXraySignNames.at(index);
}

std::string output_text(const compare::OutputRow& row) {
  return std::string("{").append(fixed_text(row.bias, 3)).append(", ").append(row_text(row.weights)).append("}");
}

}  // namespace

RegionNetwork fitted_network(const std::vector<FindingTrial>& trials, const NetworkPlan& plan) {
  const std::vector<const TriedRegion*> regions = regions_for(plan, trials);
  imaging::require(plan.units * plan.networks <= kHiddenUnits, "fitted_network: no more units than a network has");
  RegionNetwork network = standardised(regions, plan.signs);
  for (const compare::FindingKind kind : plan.kinds) network.kinds.push_back({.kind = kind});
  const Examples examples = examples_of(regions, network, plan);
  for (std::size_t member = 0; member < static_cast<std::size_t>(plan.networks); ++member) {
    fitted_member(examples, plan, Random(1).stream(std::uint64_t{member})).join(network, member);
  }
  return network;
}

std::string network_text(const RegionNetwork& network, const NetworkPlan& plan) {
  std::string text =
      "// SPDX-License-Identifier: Apache-2.0\n"
      "#include \"compare/region_network.h\"\n\n"
      "namespace boarddiff::compare {\n\n"
      "// Printed by tests/acceptance/fit_weights.sh.\n"
      "// clang-format off\n"
      "const RegionNetwork& ";
  text.append(plan.name).append("() {\n  static const RegionNetwork kNetwork = {.signs = {\n");
  for (std::size_t i = 0; i < static_cast<std::size_t>(plan.signs); ++i) {
    const compare::SignRow& sign = network.signs.at(i);
    text.append("    // ").append(sign_name(plan, i)).append("\n    {");
    text.append(fixed_text(sign.mean, 4)).append(", ").append(fixed_text(sign.deviation, 4)).append(", ");
    text.append(row_text(sign.weights)).append("},\n");
  }
  text.append("  }, .bias = ").append(row_text(network.bias));
  text.append(",\n  .change = ").append(output_text(network.change)).append(",\n  .kinds = {\n");
  for (const compare::KindRow& row : network.kinds) {
    text.append("    {FindingKind::").append(name_of(row.kind)).append(", ");
    text.append(output_text(row.output)).append("},\n");
  }
  return text +
         "  }};\n"
         "  return kNetwork;\n"
         "}\n"
         "// clang-format on\n\n"
         "}  // namespace boarddiff::compare\n";
}

}  // namespace boarddiff::trials
