# ferry_room(NAME SOURCES a.c … [ROOMS base …] [LIBRARIES PkgConfig::X …])
# One static library per room: the folder, the prefix and the target have one name.
function(ferry_room name)
    cmake_parse_arguments(ROOM "" "" "SOURCES;ROOMS;LIBRARIES" ${ARGN})
    add_library(ferry_${name} STATIC ${ROOM_SOURCES})
    target_link_libraries(ferry_${name} PRIVATE ferry_flags)
    foreach(other ${ROOM_ROOMS})
        target_link_libraries(ferry_${name} PUBLIC ferry_${other})
    endforeach()
    target_link_libraries(ferry_${name} PUBLIC ${ROOM_LIBRARIES})
endfunction()

# ferry_unit_tests(ROOM [LIBRARIES …] [NEED_FAULTS x_test.c …]): every *_test.c of this folder is one
# cmocka program; those that need fault points are left out where there are none.
function(ferry_unit_tests room)
    cmake_parse_arguments(TESTS "" "" "LIBRARIES;NEED_FAULTS" ${ARGN})
    file(GLOB sources CONFIGURE_DEPENDS ${CMAKE_CURRENT_SOURCE_DIR}/*_test.c)
    if(NOT FERRY_FAULTS)
        list(TRANSFORM TESTS_NEED_FAULTS PREPEND ${CMAKE_CURRENT_SOURCE_DIR}/)
        list(REMOVE_ITEM sources ${TESTS_NEED_FAULTS})
    endif()
    foreach(source ${sources})
        get_filename_component(stem ${source} NAME_WE)
        set(target ${room}_${stem})
        add_executable(${target} ${source})
        target_link_libraries(${target} PRIVATE ferry_flags ferry_${room} ${TESTS_LIBRARIES} PkgConfig::CMOCKA)
        target_include_directories(${target} PRIVATE ${CMAKE_SOURCE_DIR}/tests)
        add_test(NAME unit/${room}/${stem} COMMAND ${target})
        set_tests_properties(unit/${room}/${stem} PROPERTIES TIMEOUT 120
            ENVIRONMENT "FERRY_SOURCE=${CMAKE_SOURCE_DIR};FERRY_BUILD=${CMAKE_BINARY_DIR}")
    endforeach()
endfunction()

# ferry_connector(NAME): plugins/NAME/*.c becomes connectors/NAME.so with one exported function.
function(ferry_connector name)
    file(GLOB sources CONFIGURE_DEPENDS ${CMAKE_SOURCE_DIR}/plugins/${name}/*.c)
    ferry_connector_from(${name} ${sources})
    # beside the file, where `ferry connector test` looks for them
    if(EXISTS ${CMAKE_SOURCE_DIR}/plugins/${name}/fixtures)
        file(MAKE_DIRECTORY ${CMAKE_BINARY_DIR}/connectors)
        file(CREATE_LINK ${CMAKE_SOURCE_DIR}/plugins/${name}/fixtures
            ${CMAKE_BINARY_DIR}/connectors/${name}.fixtures SYMBOLIC)
        add_test(NAME connector/${name} COMMAND ferry connector test ${CMAKE_BINARY_DIR}/connectors/${name}.so)
        set_tests_properties(connector/${name} PROPERTIES TIMEOUT 300)
    endif()
endfunction()

function(ferry_connector_from name)
    add_library(connector_${name} MODULE ${ARGN})
    set_target_properties(connector_${name} PROPERTIES PREFIX "" OUTPUT_NAME ${name}
        LIBRARY_OUTPUT_DIRECTORY ${CMAKE_BINARY_DIR}/connectors)
    target_include_directories(connector_${name} PRIVATE ${CMAKE_SOURCE_DIR}/sdk/include)
    target_compile_options(connector_${name} PRIVATE -Wall -Wextra -Werror -Wno-missing-field-initializers)
    target_link_options(connector_${name} PRIVATE -Wl,--version-script=${CMAKE_SOURCE_DIR}/sdk/connector.map
        -nostartfiles -Wl,-z,defs,-z,now,-z,relro,-z,noexecstack)
endfunction()
