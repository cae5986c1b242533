/* Relocations and symbols: nothing is chosen by code, and the entry alone is exported. */
#include "connectors/elf_internal.h"

#define ENTRY       "ferry_connector_entry"
#define SYMBOLS_MAX 4096
#define RELOCS_MAX  1000000

/* ---- symbols are counted first: relocations name them by number ---- */

/* The last chain of the hash table that the loader uses ends with the last symbol. */
static bool gnu_symbol_count(const struct elf *elf, uint64_t *ret)
{
    uint32_t header[4], bucket, chain, last = 0;

    if (!elf_read_loaded(elf, elf->dynamic.gnu_hash, header, sizeof header) ||
        header[0] > SYMBOLS_MAX || header[2] > SYMBOLS_MAX) {
        return false;
    }
    uint64_t buckets = elf->dynamic.gnu_hash + sizeof header + (uint64_t)header[2] * 8;
    uint64_t chains = buckets + (uint64_t)header[0] * 4;
    for (uint32_t i = 0; i < header[0]; i++) {
        if (!elf_read_loaded(elf, buckets + (uint64_t)i * 4, &bucket, sizeof bucket)) {
            return false;
        }
        last = bucket > last ? bucket : last;
    }
    *ret = header[1];
    for (uint64_t i = last; last >= header[1]; i++) {
        if (i > SYMBOLS_MAX ||
            !elf_read_loaded(elf, chains + (i - header[1]) * 4, &chain, sizeof chain)) {
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
               elf_read_loaded(elf, dynamic->value[DT_HASH], header, sizeof header)) &&
              (!dynamic->gnu_hash || gnu_symbol_count(elf, &by_gnu));

    elf->symbol_count = header[1] > by_gnu ? header[1] : by_gnu;
    return (ok && elf->symbol_count <= SYMBOLS_MAX) ||
           elf_refuse(err, "elf", "The symbols are not inside the file, or too many.");
}

/* ---- relocations ---- */

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
        return elf_refuse(err, "elf-ifunc", "The file chooses functions by code when loaded.");
    }
    return ELF64_R_SYM(info) == 0 || ELF64_R_SYM(info) < elf->symbol_count ||
           elf_refuse(err, "elf", "A relocation names a symbol that is not there.");
}

static bool check_relocations(const struct elf *elf, int table, int table_size, struct error *err)
{
    uint64_t count = elf->dynamic.value[table_size] / sizeof(Elf64_Rela), offset, left;
    Elf64_Rela relocation;

    if (count == 0) {
        return true;
    }
    if (count > RELOCS_MAX || !elf_offset_of(elf, elf->dynamic.value[table], &offset, &left) ||
        count * sizeof relocation > left) {
        return elf_refuse(err, "elf", "The relocations are not inside the file.");
    }
    for (uint64_t i = 0; i < count; i++) {
        if (!elf_read_at(elf->file, offset + i * sizeof relocation, &relocation,
                         sizeof relocation)) {
            return elf_refuse(err, "elf", "The relocations are not inside the file.");
        }
        if (!check_relocation(elf, relocation.r_info, err)) {
            return false;
        }
    }
    return true;
}

/* ---- what is exported ---- */

static bool check_symbol(const struct elf *elf, const Elf64_Sym *symbol, unsigned *entries,
                         struct error *err)
{
    struct text name = elf_string_at(elf, symbol->st_name);
    unsigned type = ELF64_ST_TYPE(symbol->st_info);

    if (type == STT_GNU_IFUNC) {
        return elf_refuse(err, "elf-ifunc", "The file chooses functions by code when loaded.");
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

static bool check_exports(const struct elf *elf, struct error *err)
{
    unsigned entries = 0;
    Elf64_Sym symbol;

    for (uint64_t i = 1; i < elf->symbol_count; i++) {
        if (!elf_read_loaded(elf, elf->dynamic.value[DT_SYMTAB] + i * sizeof symbol, &symbol,
                             sizeof symbol)) {
            return elf_refuse(err, "elf", "The symbols are not inside the file.");
        }
        if (!check_symbol(elf, &symbol, &entries, err)) {
            return false;
        }
    }
    return entries == 1 || elf_refuse(err, "elf-export", "The file does not export " ENTRY ".");
}

bool elf_check_symbols(struct elf *elf, struct error *err)
{
    return count_symbols(elf, err) && check_relocations(elf, DT_RELA, DT_RELASZ, err) &&
           check_relocations(elf, DT_JMPREL, DT_PLTRELSZ, err) && check_exports(elf, err);
}
