/* The tables, printed as a main file. */
#include "config/config_internal.h"

static void write_key(struct buffer *out, const struct key *key, int indent, bool live);

/* "    #" or "    ", then the key. */
static void begin(struct buffer *out, const struct key *key, int indent, bool live)
{
    buffer_addf(out, "%*s%s%s:", indent, "", live ? "" : "#", key->name);
}

static void write_table(struct buffer *out, const struct table *table, int indent, bool live)
{
    for (size_t i = 0; i < table->count; i++) {
        if (!(table->keys[i].flags & KEY_HIDDEN)) {
            write_key(out, &table->keys[i], indent, live);
        }
    }
}

static void write_value(struct buffer *out, const struct key *key, int indent, bool live)
{
    begin(out, key, indent, live);
    if (key->example) {
        buffer_addf(out, " %s\n", key->example);
        return;
    }
    buffer_add_char(out, '\n');
    if (key->inside) {
        write_table(out, key->inside, indent + 2, live);
    } else if (key->element) {
        write_value(out, key->element, indent + 2, live);
    }
}

static void write_key(struct buffer *out, const struct key *key, int indent, bool live)
{
    if (indent == 0) {
        buffer_add_char(out, '\n');
    }
    if (key->about) {
        buffer_addf(out, "%*s# %s\n", indent, "", key->about);
    }
    write_value(out, key, indent, live && (key->flags & (KEY_REQUIRED | KEY_SHOWN)));
}

void config_example(struct buffer *out)
{
    buffer_add_cstr(out, "# Ferry's config; `ferry check-config` reads it and says what is wrong.\n"
                         "# What begins with '#' and no blank may be used: take away the '#'.\n"
                         "# Secrets are never written here, only where to find them.\n");
    write_table(out, &table_main, 0, true);
}
