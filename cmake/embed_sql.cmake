# Compiles every file of sql/ into the store library, by name, so that a binary carries the schema
# that it was built for. Included by CMakeLists.txt; the same file, run as a script with OUTPUT set,
# writes the source. A changed file rebuilds it, a new one reconfigures.
if(CMAKE_SCRIPT_MODE_FILE)
  file(GLOB_RECURSE files RELATIVE ${ROOM} ${ROOM}/*.sql ${ROOM}/*.csv
       ${ROOM}/*.golden)
  list(SORT files)
  set(text "// Written by cmake/embed_sql.cmake from sql/.\n#include \"ledger/store/embedded_sql.hpp\"\n\n")
  string(APPEND text "namespace store {\n\nstd::vector<EmbeddedFile> const& embedded_sql()\n{\n")
  string(APPEND text "    static std::vector<EmbeddedFile> const files{\n")
  foreach(name IN LISTS files)
    file(READ ${ROOM}/${name} content HEX)
    # A literal is cut so that no compiler limit on its length is met; neighbours are joined.
    string(REPEAT "[0-9a-f]" 64 line)
    string(REGEX REPLACE "(${line})" "\\1\"\n         \"" content "${content}")
    string(REGEX REPLACE "([0-9a-f][0-9a-f])" "\\\\x\\1" content "${content}")
    string(APPEND text "        {\"${name}\",\n         \"${content}\"},\n")
  endforeach()
  string(APPEND text "    };\n    return files;\n}\n\n} // namespace store\n")
  file(WRITE ${OUTPUT} "${text}")
  return()
endif()

file(GLOB_RECURSE embedded_sql_files CONFIGURE_DEPENDS ${CMAKE_SOURCE_DIR}/sql/*.sql
     ${CMAKE_SOURCE_DIR}/sql/*.csv ${CMAKE_SOURCE_DIR}/sql/*.golden)
add_custom_command(
  OUTPUT ${CMAKE_BINARY_DIR}/embedded_sql.cpp
  COMMAND ${CMAKE_COMMAND} -DROOM=${CMAKE_SOURCE_DIR}/sql
          -DOUTPUT=${CMAKE_BINARY_DIR}/embedded_sql.cpp -P ${CMAKE_SOURCE_DIR}/cmake/embed_sql.cmake
  DEPENDS ${embedded_sql_files} ${CMAKE_SOURCE_DIR}/cmake/embed_sql.cmake
  COMMENT "Embedding sql/")
target_sources(store PRIVATE ${CMAKE_BINARY_DIR}/embedded_sql.cpp)
target_link_libraries(store PRIVATE OpenSSL::Crypto)
