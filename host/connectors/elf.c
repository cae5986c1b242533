/*
 * A small reader of shared objects that believes nothing: every offset is checked against the
 * file, every count has a maximum. It looks at what the loader looks at (program headers and the
 * dynamic table), never at section headers, which may say something else.
 */
#include <elf.h>
#include <limits.h>

#include "connectors/connectors.h"
#include "connectors/connectors_internal.h"

#define ENTRY       "ferry_connector_entry"
#define HEADERS_MAX 64
#define DYNAMIC_MAX 256
#define NEEDED_MAX  8
#define SYMBOLS_MAX 4096
#define RELOCS_MAX  1000000
#define TAG_KNOWN   40 /* DT_ tags below this are kept by number */
#define OUR_NOTE    1

#ifndef DT_RELRSZ
#define DT_RELRSZ 35
#endif

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

static bool refuse(struct error *err, const char *code, const char *sentence)
{
    return error_set(err, ERROR_REJECTED, code, "%s", sentence);
}

/* Bytes [offset, offset + size) of the file; false when they are not all there. */
static bool read_at(struct text file, uint64_t offset, void *out, size_t size)
{
    if (offset > file.size || size > file.size - offset) {
        return false;
    }
    memcpy(out, file.at + offset, size);
    return true;
}

/* Where in the file an address of the loaded object is; `left` bytes of its segment follow. */
static bool offset_of(const struct elf *elf, uint64_t address, uint64_t *ret, uint64_t *left)
{
    for (size_t i = 0; i < elf->header_count; i++) {
        const Elf64_Phdr *header = &elf->headers[i];
        if (header->p_type == PT_LOAD && address >= header->p_vaddr &&
            address - header->p_vaddr < header->p_filesz) {
            *ret = header->p_offset + (address - header->p_vaddr);
            *left = header->p_filesz - (address - header->p_vaddr);
            return *ret >= header->p_offset;
        }
    }
    return false;
}

/* A struct at an address of the loaded object. */
static bool read_loaded(const struct elf *elf, uint64_t address, void *out, size_t size)
{
    uint64_t offset, left;

    return offset_of(elf, address, &offset, &left) && size <= left &&
           read_at(elf->file, offset, out, size);
}

/* A name of the string table; TEXT_NONE when it is not ended inside it. */
static struct text string_at(const struct elf *elf, uint64_t index)
{
    uint64_t offset, left, size = elf->dynamic.value[DT_STRSZ];

    if (index >= size || !offset_of(elf, elf->dynamic.value[DT_STRTAB], &offset, &left) ||
        size > left || offset > elf->file.size || size > elf->file.size - offset) {
        return TEXT_NONE;
    }
    const char *at = elf->file.at + offset + index;
    const char *end = memchr(at, '\0', size - index);
    return end ? (struct text){at, (size_t)(end - at)} : TEXT_NONE;
}

/* ---- headers ---- */

static bool read_header(struct elf *elf, struct error *err)
{
    Elf64_Ehdr header;
#if defined(__x86_64__)
    const unsigned machine = EM_X86_64;
#elif defined(__aarch64__)
    const unsigned machine = EM_AARCH64;
#else
    const unsigned machine = EM_NONE;
#endif

    if (!read_at(elf->file, 0, &header, sizeof header) ||
        memcmp(header.e_ident, ELFMAG, SELFMAG) != 0) {
        return refuse(err, "elf", "The file is not a shared object.");
    }
    if (header.e_ident[EI_CLASS] != ELFCLASS64 || header.e_ident[EI_DATA] != ELFDATA2LSB ||
        header.e_machine != machine) {
        return refuse(err, "elf-machine", "The file is built for another kind of machine.");
    }
    if (header.e_type != ET_DYN || header.e_phentsize != sizeof(Elf64_Phdr) ||
        header.e_phnum == 0 || header.e_phnum > HEADERS_MAX) {
        return refuse(err, "elf", "The file is not a shared object, or its headers are damaged.");
    }
    elf->header_count = header.e_phnum;
    if (!read_at(elf->file, header.e_phoff, elf->headers, elf->header_count * sizeof(Elf64_Phdr))) {
        return refuse(err, "elf", "The program headers are not inside the file.");
    }
    return true;
}

/* In order and on pages of their own, so that the loader sees the bytes that we see. */
static bool check_order(const struct elf *elf, struct error *err)
{
    const uint64_t page = 4096;
    uint64_t end = 0;

    for (size_t i = 0; i < elf->header_count; i++) {
        const Elf64_Phdr *header = &elf->headers[i];
        if (header->p_type != PT_LOAD) {
            continue;
        }
        if (header->p_memsz < header->p_filesz || header->p_memsz > CONNECTOR_FILE_MAX ||
            header->p_vaddr > UINT32_MAX || header->p_vaddr / page * page < end ||
            header->p_vaddr % page != header->p_offset % page) {
            return refuse(err, "elf-segment", "The segments of the file overlap or are too large.");
        }
        end = (header->p_vaddr + header->p_memsz + page - 1) / page * page;
    }
    return true;
}

static bool check_segments(const struct elf *elf, struct error *err)
{
    bool stack = false;

    for (size_t i = 0; i < elf->header_count; i++) {
        const Elf64_Phdr *header = &elf->headers[i];
        if (header->p_offset > elf->file.size ||
            header->p_filesz > elf->file.size - header->p_offset) {
            return refuse(err, "elf", "A segment is not inside the file.");
        }
        if (header->p_type == PT_LOAD && (header->p_flags & PF_W) && (header->p_flags & PF_X)) {
            return refuse(err, "elf-segment", "A segment is both writable and executable.");
        }
        if (header->p_type == PT_INTERP) {
            return refuse(err, "elf", "The file is a program, not a shared object.");
        }
        if (header->p_type == PT_GNU_STACK) {
            stack = true;
            if (header->p_flags & PF_X) {
                return refuse(err, "elf-stack",
                              "The file asks for an executable stack; link with -z noexecstack.");
            }
        }
    }
    return stack || refuse(err, "elf-stack",
                           "The file does not say that it needs no executable stack; link with "
                           "-z noexecstack.");
}

/* ---- the dynamic table ---- */

static bool note_tag(struct dynamic *dynamic, const Elf64_Dyn *entry, struct error *err)
{
    uint64_t tag = (uint64_t)entry->d_tag;

    if (tag == DT_NEEDED) {
        if (dynamic->needed_count == NEEDED_MAX) {
            return refuse(err, "elf-needs", "The file needs more libraries than any connector.");
        }
        dynamic->needed[dynamic->needed_count++] = entry->d_un.d_val;
    } else if (tag < TAG_KNOWN) {
        if (dynamic->has[tag]) {
            return refuse(err, "elf", "The dynamic table says something twice.");
        }
        dynamic->has[tag] = true;
        dynamic->value[tag] = entry->d_un.d_val;
    } else if (tag == DT_GNU_HASH) {
        dynamic->gnu_hash = entry->d_un.d_ptr;
    } else if (tag == DT_FLAGS_1) {
        dynamic->flags_1 = entry->d_un.d_val;
    } else if (tag == DT_FILTER || tag == DT_AUXILIARY || tag == DT_AUDIT || tag == DT_DEPAUDIT) {
        return refuse(err, "elf-needs", "The file brings in others as filter or auditor.");
    }
    return true;
}

static bool read_dynamic(struct elf *elf, struct error *err)
{
    const Elf64_Phdr *found = NULL;
    Elf64_Dyn entry = {0};

    for (size_t i = 0; i < elf->header_count; i++) {
        if (elf->headers[i].p_type == PT_DYNAMIC) {
            if (found) {
                return refuse(err, "elf", "The file has two dynamic tables.");
            }
            found = &elf->headers[i];
        }
    }
    if (!found) {
        return refuse(err, "elf", "The file has no dynamic table.");
    }
    for (size_t i = 0; i < DYNAMIC_MAX; i++) {
        /* By address, as the loader does: the header's file offset may lie. */
        if (!read_loaded(elf, found->p_vaddr + i * sizeof entry, &entry, sizeof entry)) {
            return refuse(err, "elf", "The dynamic table is not inside the file.");
        }
        if (entry.d_tag == DT_NULL) {
            return true;
        }
        if (!note_tag(&elf->dynamic, &entry, err)) {
            return false;
        }
    }
    return refuse(err, "elf", "The dynamic table does not end.");
}

/* None at all: what the compiler adds by itself cannot be told from what an author adds. */
static bool check_constructors(const struct dynamic *dynamic, struct error *err)
{
    static const int tags[] = {DT_INIT,          DT_FINI,           DT_INIT_ARRAY,
                               DT_INIT_ARRAYSZ,  DT_FINI_ARRAY,     DT_FINI_ARRAYSZ,
                               DT_PREINIT_ARRAY, DT_PREINIT_ARRAYSZ};

    for (size_t i = 0; i < sizeof tags / sizeof *tags; i++) {
        if (dynamic->has[tags[i]]) {
            return refuse(err, "elf-constructor",
                          "The file runs code when it is loaded or left; a connector only "
                          "declares. Link with -nostartfiles, and take away constructors.");
        }
    }
    return true;
}

static bool check_dynamic(const struct elf *elf, struct error *err)
{
    const struct dynamic *dynamic = &elf->dynamic;
    uint64_t flags = dynamic->value[DT_FLAGS];

    if (dynamic->has[DT_RPATH] || dynamic->has[DT_RUNPATH]) {
        return refuse(err, "elf-rpath", "The file says where libraries are (RPATH or RUNPATH).");
    }
    if (dynamic->has[DT_TEXTREL] || (flags & DF_TEXTREL)) {
        return refuse(err, "elf-textrel",
                      "The file changes its own code when loaded; compile with -fPIC.");
    }
    return check_constructors(dynamic, err);
}

static bool check_needed(const struct elf *elf, struct error *err)
{
    static const char *const allowed[] = {"libc.so.6", "libm.so.6", "libgcc_s.so.1",
                                          "ld-linux-x86-64.so.2", "ld-linux-aarch64.so.1"};

    for (size_t i = 0; i < elf->dynamic.needed_count; i++) {
        struct text name = string_at(elf, elf->dynamic.needed[i]);
        bool fine = false;
        for (size_t j = 0; j < sizeof allowed / sizeof *allowed; j++) {
            fine = fine || text_is(name, allowed[j]);
        }
        if (!fine) {
            return error_set(err, ERROR_REJECTED, "elf-needs",
                             "The file needs the library %.*s; a connector needs libc only.",
                             name.size > 100 ? 100 : (int)name.size, name.at ? name.at : "");
        }
    }
    return true;
}

/* ---- relocations and symbols ---- */

static bool is_ifunc(uint64_t info)
{
#if defined(__aarch64__)
    return ELF64_R_TYPE(info) == R_AARCH64_IRELATIVE;
#else
    return ELF64_R_TYPE(info) == R_X86_64_IRELATIVE;
#endif
}

/* A relocation may name a symbol that no hash table counts, which would then not be looked at. */
static bool check_relocation(const struct elf *elf, uint64_t info, struct error *err)
{
    if (is_ifunc(info)) {
        return refuse(err, "elf-ifunc", "The file chooses functions by code when loaded.");
    }
    return ELF64_R_SYM(info) == 0 || ELF64_R_SYM(info) < elf->symbol_count ||
           refuse(err, "elf", "A relocation names a symbol that is not there.");
}

static bool check_relocations(const struct elf *elf, int table, int table_size, struct error *err)
{
    uint64_t count = elf->dynamic.value[table_size] / sizeof(Elf64_Rela), offset, left;
    Elf64_Rela relocation;

    if (count == 0) {
        return true;
    }
    if (count > RELOCS_MAX || !offset_of(elf, elf->dynamic.value[table], &offset, &left) ||
        count * sizeof relocation > left) {
        return refuse(err, "elf", "The relocations are not inside the file.");
    }
    for (uint64_t i = 0; i < count; i++) {
        if (!read_at(elf->file, offset + i * sizeof relocation, &relocation, sizeof relocation)) {
            return refuse(err, "elf", "The relocations are not inside the file.");
        }
        if (!check_relocation(elf, relocation.r_info, err)) {
            return false;
        }
    }
    return true;
}

/* The last chain of the hash table that the loader uses ends with the last symbol. */
static bool gnu_symbol_count(const struct elf *elf, uint64_t *ret)
{
    uint32_t header[4], bucket, chain, last = 0;

    if (!read_loaded(elf, elf->dynamic.gnu_hash, header, sizeof header) ||
        header[0] > SYMBOLS_MAX || header[2] > SYMBOLS_MAX) {
        return false;
    }
    uint64_t buckets = elf->dynamic.gnu_hash + sizeof header + (uint64_t)header[2] * 8;
    uint64_t chains = buckets + (uint64_t)header[0] * 4;
    for (uint32_t i = 0; i < header[0]; i++) {
        if (!read_loaded(elf, buckets + (uint64_t)i * 4, &bucket, sizeof bucket)) {
            return false;
        }
        last = bucket > last ? bucket : last;
    }
    *ret = header[1];
    for (uint64_t i = last; last >= header[1]; i++) {
        if (i > SYMBOLS_MAX ||
            !read_loaded(elf, chains + (i - header[1]) * 4, &chain, sizeof chain)) {
            return false;
        }
        *ret = i + 1;
        if (chain & 1) {
            break;
        }
    }
    return true;
}

/* Only the hash tables say how many symbols there are: where there are both, the larger number. */
static bool count_symbols(struct elf *elf, struct error *err)
{
    const struct dynamic *dynamic = &elf->dynamic;
    uint64_t by_gnu = 0;
    uint32_t header[2] = {0, 0};
    bool ok = (dynamic->has[DT_HASH] || dynamic->gnu_hash) &&
              (!dynamic->has[DT_HASH] ||
               read_loaded(elf, dynamic->value[DT_HASH], header, sizeof header)) &&
              (!dynamic->gnu_hash || gnu_symbol_count(elf, &by_gnu));

    elf->symbol_count = header[1] > by_gnu ? header[1] : by_gnu;
    return (ok && elf->symbol_count <= SYMBOLS_MAX) ||
           refuse(err, "elf", "The symbols are not inside the file, or too many.");
}

static bool check_symbol(const struct elf *elf, const Elf64_Sym *symbol, unsigned *entries,
                         struct error *err)
{
    struct text name = string_at(elf, symbol->st_name);
    unsigned type = ELF64_ST_TYPE(symbol->st_info);

    if (type == STT_GNU_IFUNC) {
        return refuse(err, "elf-ifunc", "The file chooses functions by code when loaded.");
    }
    if (symbol->st_shndx == SHN_UNDEF || ELF64_ST_BIND(symbol->st_info) == STB_LOCAL) {
        return true;
    }
    if (text_is(name, ENTRY) && type == STT_FUNC) {
        *entries += 1;
        return true;
    }
    return error_set(err, ERROR_REJECTED, "elf-export",
                     "The file exports \"%.*s\"; only %s may be, as a function. Link with the "
                     "version script of the SDK.",
                     name.size > 100 ? 100 : (int)name.size, name.at ? name.at : "", ENTRY);
}

static bool check_symbols(const struct elf *elf, struct error *err)
{
    unsigned entries = 0;
    Elf64_Sym symbol;

    for (uint64_t i = 1; i < elf->symbol_count; i++) {
        if (!read_loaded(elf, elf->dynamic.value[DT_SYMTAB] + i * sizeof symbol, &symbol,
                         sizeof symbol)) {
            return refuse(err, "elf", "The symbols are not inside the file.");
        }
        if (!check_symbol(elf, &symbol, &entries, err)) {
            return false;
        }
    }
    return entries == 1 || refuse(err, "elf-export", "The file does not export " ENTRY ".");
}

bool elf_check(struct text file, struct connector_note *ret, struct error *err)
{
    struct elf elf = {.file = file};

    if (!read_header(&elf, err) || !check_segments(&elf, err) || !check_order(&elf, err) ||
        !read_dynamic(&elf, err) || !check_dynamic(&elf, err) || !check_needed(&elf, err) ||
        !count_symbols(&elf, err) || !check_relocations(&elf, DT_RELA, DT_RELASZ, err) ||
        !check_relocations(&elf, DT_JMPREL, DT_PLTRELSZ, err) || !check_symbols(&elf, err)) {
        return false;
    }
    for (size_t i = 0; i < elf.header_count; i++) {
        const Elf64_Phdr *header = &elf.headers[i];
        struct text notes = {file.at + header->p_offset, header->p_filesz};
        if (header->p_type == PT_NOTE && note_find(notes, ret)) {
            return note_check(ret, err);
        }
    }
    return refuse(err, "elf-note",
                  "The file has no connector note: it was not made with "
                  "FERRY_CONNECTOR.");
}
