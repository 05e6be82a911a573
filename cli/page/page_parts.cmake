# cmake -DKINDS=... -DLICENCE=... -DTO=... -P page_parts.cmake
# Writes into the folder TO what the page has from elsewhere: kinds.js, the kinds of findings of the report's page as a
# module, and licence.js, a comment with the licence of the viewer, which goes wherever the viewer goes.
file(READ "${KINDS}" kinds)
file(WRITE "${TO}/kinds.js" "${kinds}\nexport { KINDS, GROUPS };\n")
file(READ "${LICENCE}" licence)
file(WRITE "${TO}/licence.js" "/*! OpenSeadragon:\n${licence}*/\n")
