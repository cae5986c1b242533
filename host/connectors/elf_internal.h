/* A shared object that is being checked. Internal to elf.c and elf_symbols.c. */
#ifndef FERRY_CONNECTORS_ELF_INTERNAL_H
#define FERRY_CONNECTORS_ELF_INTERNAL_H

#include <elf.h>

#include "connectors/connectors_internal.h"

#define HEADERS_MAX 64
#define NEEDED_MAX  8
#define TAG_KNOWN   40 /* DT_ tags below this are kept by number */

/* What the dynamic table says, by tag. */
struct dynamic {
    uint64_t value[TAG_KNOWN];
    bool has[TAG_KNOWN];
    uint64_t needed[NEEDED_MAX];
    size_t needed_count;
    uint64_t gnu_hash;
    uint64_t flags_1;
};

struct elf {
    struct text file;
    Elf64_Phdr headers[HEADERS_MAX];
    size_t header_count;
    struct dynamic dynamic;
    uint64_t symbol_count;
};

/* REJECTED, for one of the reasons that elf_check lists. */
bool elf_refuse(struct error *err, const char *code, const char *sentence);
/* Bytes [offset, offset + size) of the file; false when they are not all there. */
bool elf_read_at(struct text file, uint64_t offset, void *out, size_t size);
/* Where in the file an address of the loaded object is; `left` bytes of its segment follow. */
bool elf_offset_of(const struct elf *elf, uint64_t address, uint64_t *ret, uint64_t *left);
/* A struct at an address of the loaded object. */
bool elf_read_loaded(const struct elf *elf, uint64_t address, void *out, size_t size);
/* A name of the string table; TEXT_NONE when it is not ended inside it. */
struct text elf_string_at(const struct elf *elf, uint64_t index);

/* elf_symbols.c: what is relocated, and what is exported; after the dynamic table was read. */
MUST_CHECK bool elf_check_symbols(struct elf *elf, struct error *err);

#endif
