/* A connector whose entry function does something before it gives its table. */
#ifndef BAD_ENTRY_H
#define BAD_ENTRY_H

#define BAD_CONNECTOR(connector_id)                                                                \
    FERRY_NOTE(connector_id, "1.0.0");                                                             \
    static struct {                                                                                \
        struct ferry_connector table;                                                              \
        uint64_t more;                                                                             \
    } bad = {.table = {.size = sizeof(struct ferry_connector),                                     \
                       .abi = (FERRY_ABI_MAJOR << 16) | FERRY_ABI_MINOR,                           \
                       .id = connector_id,                                                         \
                       .version = "1.0.0",                                                         \
                       .name = "Bad",                                                              \
                       .hosts = "api api.example.com",                                             \
                       .login = "bearer"}};                                                        \
    __attribute__((visibility("default"))) const struct ferry_connector *ferry_connector_entry(    \
        void);                                                                                     \
    const struct ferry_connector *ferry_connector_entry(void)                                      \
    {                                                                                              \
        on_entry(&bad.table);                                                                      \
        return &bad.table;                                                                         \
    }

#endif
