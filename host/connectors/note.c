/* The ELF note of a connector: owner "Ferry", type 1, see ferry/tables.h. */
#include "connectors/connectors.h"
#include "connectors/connectors_internal.h"

#define NOTE_OWNER       "Ferry"
#define NOTE_TYPE        1
#define NOTE_HEADER      12
#define NOTE_ABI         8
#define NOTE_CONTENT_MAX 512

struct note_header {
    uint32_t name_size, content_size, type;
};

static size_t padded(size_t size)
{
    return (size + 3) & ~(size_t)3;
}

/* A terminated text of the note's content; cuts it off. */
static bool take_text(struct text *content, char *out, size_t out_size)
{
    const char *end = content->size ? memchr(content->at, '\0', content->size) : NULL;
    size_t size = end ? (size_t)(end - content->at) : 0;

    if (!end || size == 0 || size >= out_size) {
        return false;
    }
    memcpy(out, content->at, size + 1);
    content->at += size + 1;
    content->size -= size + 1;
    return true;
}

static bool read_content(struct text content, struct connector_note *ret)
{
    struct connector_note note = {0};

    if (content.size < NOTE_ABI || content.size > NOTE_CONTENT_MAX) {
        return false;
    }
    memcpy(&note.abi_major, content.at, sizeof note.abi_major);
    memcpy(&note.abi_minor, content.at + 4, sizeof note.abi_minor);
    content.at += NOTE_ABI;
    content.size -= NOTE_ABI;
    if (!take_text(&content, note.id, sizeof note.id) ||
        !take_text(&content, note.version, sizeof note.version)) {
        return false;
    }
    *ret = note;
    return true;
}

bool note_find(struct text notes, struct connector_note *ret)
{
    struct note_header header;

    while (notes.size >= NOTE_HEADER) {
        memcpy(&header, notes.at, sizeof header);
        size_t left = notes.size - NOTE_HEADER;
        if (header.name_size > left || padded(header.name_size) > left ||
            header.content_size > left - padded(header.name_size)) {
            return false;
        }
        struct text name = {notes.at + NOTE_HEADER, header.name_size};
        struct text content = {name.at + padded(header.name_size), header.content_size};
        if (header.type == NOTE_TYPE && name.size == sizeof NOTE_OWNER &&
            memcmp(name.at, NOTE_OWNER, sizeof NOTE_OWNER) == 0) {
            return read_content(content, ret);
        }
        size_t used = NOTE_HEADER + padded(header.name_size) + padded(header.content_size);
        used = used < notes.size ? used : notes.size;
        notes.at += used;
        notes.size -= used;
    }
    return false;
}

bool connector_id_is_sound(const char *id)
{
    size_t size = strlen(id);

    return size > 0 && size < 64 && id[0] >= 'a' && id[0] <= 'z' &&
           strspn(id, "abcdefghijklmnopqrstuvwxyz0123456789-") == size;
}

static bool version_is_sound(const char *version)
{
    return version[0] >= '0' && version[0] <= '9' &&
           strspn(version, "0123456789abcdefghijklmnopqrstuvwxyz.-+") == strlen(version);
}

bool note_check(const struct connector_note *note, struct error *err)
{
    if (!connector_id_is_sound(note->id) || !version_is_sound(note->version)) {
        return error_set(err, ERROR_REJECTED, "elf-note",
                         "The connector's note has an id or a version with other characters than "
                         "small letters, digits and '-'.");
    }
    if (note->abi_major != FERRY_ABI_MAJOR) {
        return error_set(err, ERROR_REJECTED, "abi",
                         "The connector %s is built for ABI %u, this Ferry has %d. Build it with "
                         "this Ferry's SDK.",
                         note->id, note->abi_major, FERRY_ABI_MAJOR);
    }
    return true;
}
