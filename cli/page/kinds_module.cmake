# cmake -DFROM=... -DTO=... -P kinds_module.cmake: the kinds of findings of the report's page, as a module.
file(READ "${FROM}" text)
file(WRITE "${TO}" "${text}\nexport { KINDS, GROUPS };\n")
