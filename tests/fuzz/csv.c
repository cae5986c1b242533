/* Tables from CSV files: what was read, written with all cells in quotes, is read as the same. */
#include "intake/csv.h"

#include "fuzz.h"

struct table {
    json_t *rows;  /* the cells of each */
    json_t *names; /* name → null */
    int64_t line;
};

static bool take(void *self, const json_t *record, const json_t *kept, struct error *err)
{
    struct table *table = self;
    json_t *cells = json_object_get(record, "cells"), *cell;
    int64_t line = json_int(json_object_get(record, "line"), 0);
    const char *name;

    (void)kept, (void)err;
    MUST(strcmp(json_path_text(record, "file"), "f.csv") == 0, "another file");
    MUST(line > table->line, "line %d after %d", (int)line, (int)table->line);
    MUST(json_object_size(cells) > 0, "a row without cells");
    table->line = line;
    json_object_foreach(cells, name, cell)
    {
        MUST(json_is_string(cell) && !json_is_number_text(cell), "%s is no text", name);
        MUST(text_trim(json_text(cell)).size > 0, "%s is blank", name);
        json_object_set_new(table->names, name, json_null());
    }
    json_array_append(table->rows, cells);
    return true;
}

static void table_open(struct table *table)
{
    *table = (struct table){json_array(), json_object(), 1};
}

static void table_close(struct table *table)
{
    json_decref(table->rows);
    json_decref(table->names);
}

static void add_quoted(struct buffer *out, struct text cell, bool first)
{
    buffer_add_cstr(out, first ? "\"" : ",\"");
    for (size_t i = 0; i < cell.size; i++) {
        buffer_add_cstr(out, cell.at[i] == '"' ? "\"" : "");
        buffer_add_char(out, cell.at[i]);
    }
    buffer_add_char(out, '"');
}

static void write_table(const struct table *table, struct buffer *out)
{
    const char *name;
    json_t *row, *unused;
    bool first = true;
    size_t i;

    json_object_foreach(table->names, name, unused)
    {
        add_quoted(out, text_of(name), first);
        first = false;
    }
    json_array_foreach(table->rows, i, row)
    {
        first = true;
        buffer_add_cstr(out, "\r\n");
        json_object_foreach(table->names, name, unused)
        {
            struct text cell = json_text(json_object_get(row, name));

            add_quoted(out, cell.at ? cell : TEXT(""), first);
            first = false;
        }
    }
}

static void fuzz_one(struct text input)
{
    struct table table, again;
    struct error err = {0};

    table_open(&table);
    table_open(&again);
    if (!csv_each(input, "f.csv", take, &table, &err)) {
        fuzz_check_error(&err);
        MUST(json_array_size(table.rows) == 0, "half a table was handed out: %s", err.text);
        MUST(strncmp(err.text, "f.csv", 5) == 0, "a complaint without a place: %s", err.text);
    } else if (json_array_size(table.rows)) {
        AUTO(buffer_done) struct buffer out = {0};

        buffer_init(&out, 1 << 24);
        write_table(&table, &out);
        MUST(csv_each(buffer_text(&out), "f.csv", take, &again, &err), "%s: %s", out.at, err.text);
        MUST(json_equal(table.rows, again.rows), "another table: %s", out.at);
    }
    table_close(&table);
    table_close(&again);
}
