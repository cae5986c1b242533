/*
 * A small reader of shared objects that believes nothing: every offset is checked against the
 * file, every count has a maximum. It looks at what the loader looks at (program headers and the
 * dynamic table), never at section headers, which may say something else.
 */
#include "connectors/elf_internal.h"

#define DYNAMIC_MAX 256

bool elf_refuse(struct error *err, const char *code, const char *sentence)
{
    return error_set(err, ERROR_REJECTED, code, "%s", sentence);
}

bool elf_read_at(struct text file, uint64_t offset, void *out, size_t size)
{
    if (offset > file.size || size > file.size - offset) {
        return false;
    }
    memcpy(out, file.at + offset, size);
    return true;
}

bool elf_offset_of(const struct elf *elf, uint64_t address, uint64_t *ret, uint64_t *left)
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

bool elf_read_loaded(const struct elf *elf, uint64_t address, void *out, size_t size)
{
    uint64_t offset, left;

    return elf_offset_of(elf, address, &offset, &left) && size <= left &&
           elf_read_at(elf->file, offset, out, size);
}

struct text elf_string_at(const struct elf *elf, uint64_t index)
{
    uint64_t offset, left, size = elf->dynamic.value[DT_STRSZ];

    if (index >= size || !elf_offset_of(elf, elf->dynamic.value[DT_STRTAB], &offset, &left) ||
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

    if (!elf_read_at(elf->file, 0, &header, sizeof header) ||
        memcmp(header.e_ident, ELFMAG, SELFMAG) != 0) {
        return elf_refuse(err, "elf", "The file is not a shared object.");
    }
    if (header.e_ident[EI_CLASS] != ELFCLASS64 || header.e_ident[EI_DATA] != ELFDATA2LSB ||
        header.e_machine != machine) {
        return elf_refuse(err, "elf-machine", "The file is built for another kind of machine.");
    }
    if (header.e_type != ET_DYN || header.e_phentsize != sizeof(Elf64_Phdr) ||
        header.e_phnum == 0 || header.e_phnum > HEADERS_MAX) {
        return elf_refuse(err, "elf",
                          "The file is not a shared object, or its headers are damaged.");
    }
    elf->header_count = header.e_phnum;
    if (!elf_read_at(elf->file, header.e_phoff, elf->headers,
                     elf->header_count * sizeof(Elf64_Phdr))) {
        return elf_refuse(err, "elf", "The program headers are not inside the file.");
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
            return elf_refuse(err, "elf-segment",
                              "The segments of the file overlap or are too large.");
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
            return elf_refuse(err, "elf", "A segment is not inside the file.");
        }
        if (header->p_type == PT_LOAD && (header->p_flags & PF_W) && (header->p_flags & PF_X)) {
            return elf_refuse(err, "elf-segment", "A segment is both writable and executable.");
        }
        if (header->p_type == PT_INTERP) {
            return elf_refuse(err, "elf", "The file is a program, not a shared object.");
        }
        if (header->p_type == PT_GNU_STACK) {
            stack = true;
            if (header->p_flags & PF_X) {
                return elf_refuse(
                    err, "elf-stack",
                    "The file asks for an executable stack; link with -z noexecstack.");
            }
        }
    }
    return stack || elf_refuse(err, "elf-stack",
                               "The file does not say that it needs no executable stack; link with "
                               "-z noexecstack.");
}

/* ---- the dynamic table ---- */

static bool note_tag(struct dynamic *dynamic, const Elf64_Dyn *entry, struct error *err)
{
    uint64_t tag = (uint64_t)entry->d_tag;

    if (tag == DT_NEEDED) {
        if (dynamic->needed_count == NEEDED_MAX) {
            return elf_refuse(err, "elf-needs",
                              "The file needs more libraries than any connector.");
        }
        dynamic->needed[dynamic->needed_count++] = entry->d_un.d_val;
    } else if (tag < TAG_KNOWN) {
        if (dynamic->has[tag]) {
            return elf_refuse(err, "elf", "The dynamic table says something twice.");
        }
        dynamic->has[tag] = true;
        dynamic->value[tag] = entry->d_un.d_val;
    } else if (tag == DT_GNU_HASH) {
        dynamic->gnu_hash = entry->d_un.d_ptr;
    } else if (tag == DT_FLAGS_1) {
        dynamic->flags_1 = entry->d_un.d_val;
    } else if (tag == DT_FILTER || tag == DT_AUXILIARY || tag == DT_AUDIT || tag == DT_DEPAUDIT) {
        return elf_refuse(err, "elf-needs", "The file brings in others as filter or auditor.");
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
                return elf_refuse(err, "elf", "The file has two dynamic tables.");
            }
            found = &elf->headers[i];
        }
    }
    if (!found) {
        return elf_refuse(err, "elf", "The file has no dynamic table.");
    }
    for (size_t i = 0; i < DYNAMIC_MAX; i++) {
        /* By address, as the loader does: the header's file offset may lie. */
        if (!elf_read_loaded(elf, found->p_vaddr + i * sizeof entry, &entry, sizeof entry)) {
            return elf_refuse(err, "elf", "The dynamic table is not inside the file.");
        }
        if (entry.d_tag == DT_NULL) {
            return true;
        }
        if (!note_tag(&elf->dynamic, &entry, err)) {
            return false;
        }
    }
    return elf_refuse(err, "elf", "The dynamic table does not end.");
}

/* None at all: what the compiler adds by itself cannot be told from what an author adds. */
static bool check_constructors(const struct dynamic *dynamic, struct error *err)
{
    static const int tags[] = {DT_INIT,          DT_FINI,           DT_INIT_ARRAY,
                               DT_INIT_ARRAYSZ,  DT_FINI_ARRAY,     DT_FINI_ARRAYSZ,
                               DT_PREINIT_ARRAY, DT_PREINIT_ARRAYSZ};

    for (size_t i = 0; i < sizeof tags / sizeof *tags; i++) {
        if (dynamic->has[tags[i]]) {
            return elf_refuse(err, "elf-constructor",
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
        return elf_refuse(err, "elf-rpath",
                          "The file says where libraries are (RPATH or RUNPATH).");
    }
    if (dynamic->has[DT_TEXTREL] || (flags & DF_TEXTREL)) {
        return elf_refuse(err, "elf-textrel",
                          "The file changes its own code when loaded; compile with -fPIC.");
    }
    return check_constructors(dynamic, err);
}

static bool check_needed(const struct elf *elf, struct error *err)
{
    static const char *const allowed[] = {"libc.so.6", "libm.so.6", "libgcc_s.so.1",
                                          "ld-linux-x86-64.so.2", "ld-linux-aarch64.so.1"};

    for (size_t i = 0; i < elf->dynamic.needed_count; i++) {
        struct text name = elf_string_at(elf, elf->dynamic.needed[i]);
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

bool elf_check(struct text file, struct connector_note *ret, struct error *err)
{
    struct elf elf = {.file = file};

    if (!read_header(&elf, err) || !check_segments(&elf, err) || !check_order(&elf, err) ||
        !read_dynamic(&elf, err) || !check_dynamic(&elf, err) || !check_needed(&elf, err) ||
        !elf_check_symbols(&elf, err)) {
        return false;
    }
    for (size_t i = 0; i < elf.header_count; i++) {
        const Elf64_Phdr *header = &elf.headers[i];
        struct text notes = {file.at + header->p_offset, header->p_filesz};
        if (header->p_type == PT_NOTE && note_find(notes, ret)) {
            return note_check(ret, err);
        }
    }
    return elf_refuse(err, "elf-note",
                      "The file has no connector note: it was not made with "
                      "FERRY_CONNECTOR.");
}
