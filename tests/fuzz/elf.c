/* Shared objects and their notes, as anybody may have made them. */
#include "fuzz.h"

#include "connectors/connectors_internal.h"

static void check_note(const struct connector_note *note)
{
    MUST(memchr(note->id, '\0', sizeof note->id), "an id without an end");
    MUST(memchr(note->version, '\0', sizeof note->version), "a version without an end");
}

/* The first byte says whether the rest is a file or only notes. */
static void fuzz_one(struct text input)
{
    struct connector_note note = {0};
    struct error err = {0};

    if (fuzz_byte(&input) == 'n') {
        if (note_find(input, &note)) {
            check_note(&note);
            (void)!note_check(&note, &err);
        }
        return;
    }
    if (!elf_check(input, &note, &err)) {
        fuzz_check_error(&err);
        MUST(strncmp(err.code, "elf", 3) == 0 || strcmp(err.code, "abi") == 0, "%s", err.code);
        return;
    }
    check_note(&note);
    MUST(connector_id_is_sound(note.id) && note.abi_major == FERRY_ABI_MAJOR, "the id %s", note.id);
}
