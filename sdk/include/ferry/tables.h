/*
 * ferry/tables.h: short ways to write the tables of ferry/connector.h. C only (compound literals);
 * use them at file scope, where a literal lives for ever.
 */
#ifndef FERRY_TABLES_H
#define FERRY_TABLES_H

#define FERRY_TABLE(T, ...)                                                                        \
    {                                                                                              \
        (const T[]){__VA_ARGS__}, sizeof((const T[]){__VA_ARGS__}) / sizeof(T), sizeof(T)          \
    }
#define FIELDS(...)   FERRY_TABLE(struct ferry_row, __VA_ARGS__)
#define OPTIONS(...)  FERRY_TABLE(struct ferry_option, __VA_ARGS__)
#define GUARDS(...)   FERRY_TABLE(struct ferry_guard, __VA_ARGS__)
#define MATCH(...)    FERRY_TABLE(char *, __VA_ARGS__)
#define MAPPINGS(...) FERRY_TABLE(struct ferry_mapping, __VA_ARGS__)
#define PARTS(...)    FERRY_TABLE(struct ferry_mapping, __VA_ARGS__)
#define LISTS(...)    FERRY_TABLE(struct ferry_list, __VA_ARGS__)
#define FLOWS(...)    FERRY_TABLE(struct ferry_flow, __VA_ARGS__)
/* A whole array that stands elsewhere in this file. */
#define ALL(array)                                                                                 \
    {                                                                                              \
        array, sizeof(array) / sizeof *(array), sizeof *(array)                                    \
    }

#define READ(...)                                                                                  \
    &(const struct ferry_read)                                                                     \
    {                                                                                              \
        .size = sizeof(struct ferry_read), __VA_ARGS__                                             \
    }
#define WRITE(...)                                                                                 \
    &(const struct ferry_write)                                                                    \
    {                                                                                              \
        .size = sizeof(struct ferry_write), __VA_ARGS__                                            \
    }

#define SKIP_IF(condition, why)                                                                    \
    {                                                                                              \
        FERRY_SKIP, condition, why                                                                 \
    }
#define WAIT_IF(condition, why)                                                                    \
    {                                                                                              \
        FERRY_WAIT, condition, why                                                                 \
    }
#define HOLD_IF(condition, why)                                                                    \
    {                                                                                              \
        FERRY_HOLD, condition, why                                                                 \
    }
#define RETRY_IF(condition, why)                                                                   \
    {                                                                                              \
        FERRY_RETRY, condition, why                                                                \
    }
#define TAKEN_IF(condition, why)                                                                   \
    {                                                                                              \
        FERRY_TAKEN, condition, why                                                                \
    }

/*
 * The one exported function and the ELF note that lets Ferry know id, version and ABI of a file
 * without loading it. Id and version are literals here because a note is written by the compiler.
 */
#define FERRY_CONNECTOR(connector_id, connector_version, ...)                                      \
    FERRY_NOTE(connector_id, connector_version);                                                   \
    static const struct ferry_connector ferry_this = {.size = sizeof(struct ferry_connector),      \
                                                      .abi = (FERRY_ABI_MAJOR << 16) |             \
                                                             FERRY_ABI_MINOR,                      \
                                                      .id = connector_id,                          \
                                                      .version = connector_version,                \
                                                      __VA_ARGS__};                                \
    __attribute__((visibility("default"))) const struct ferry_connector *ferry_connector_entry(    \
        void);                                                                                     \
    const struct ferry_connector *ferry_connector_entry(void)                                      \
    {                                                                                              \
        return &ferry_this;                                                                        \
    }

/* Note owner "Ferry", type 1; content: u32 abi major, u32 abi minor, "id\0version\0". */
#define FERRY_NOTE_TYPE 1
#define FERRY_NOTE(connector_id, connector_version)                                                \
    __attribute__((section(".note.ferry"), used, aligned(4))) static const struct {                \
        uint32_t name_size, content_size, type;                                                    \
        char name[8];                                                                              \
        uint32_t abi_major, abi_minor;                                                             \
        char text[(sizeof(connector_id connector_version) + 1 + 3) & ~(size_t)3];                  \
    } ferry_note = {sizeof "Ferry",                                                                \
                    8 + ((sizeof(connector_id connector_version) + 1 + 3) & ~(size_t)3),           \
                    FERRY_NOTE_TYPE,                                                               \
                    "Ferry",                                                                       \
                    FERRY_ABI_MAJOR,                                                               \
                    FERRY_ABI_MINOR,                                                               \
                    connector_id "\0" connector_version}

#endif
