/* Tables, through libsmartcols. On a pipe nothing is ever cut or left out. */
#include <libsmartcols/libsmartcols.h>
#include <locale.h>

#include "base/memory.h"
#include "cli/cli_internal.h"

struct row {
    const char *cells[CLI_COLUMNS_MAX], *colours[CLI_COLUMNS_MAX];
};

struct cli_table {
    struct cli *cli;
    const struct cli_column *columns;
    size_t column_count;
    struct row *rows;
    size_t row_count, row_capacity;
};

struct cli_table *cli_table_new(struct cli *cli, const struct cli_column *columns, size_t count)
{
    struct cli_table *table = memory_new(1, sizeof *table);

    table->cli = cli;
    table->columns = columns;
    table->column_count = count < CLI_COLUMNS_MAX ? count : CLI_COLUMNS_MAX;
    return table;
}

void cli_table_row(struct cli_table *table, const char *const *cells)
{
    struct row *row;

    memory_grow(&table->rows, &table->row_capacity, table->row_count, sizeof *table->rows);
    row = &table->rows[table->row_count++];
    *row = (struct row){{NULL}, {NULL}};
    for (size_t i = 0; i < table->column_count; i++) {
        row->cells[i] = cells[i] ? cells[i] : "";
    }
}

void cli_table_colour(struct cli_table *table, size_t column, const char *colour)
{
    table->rows[table->row_count - 1].colours[column] = colour;
}

static bool is_shown(const struct cli_table *table, size_t column)
{
    if (!table->cli->terminal || !(table->columns[column].flags & CLI_HIDE)) {
        return true;
    }
    for (size_t i = 0; i < table->row_count; i++) {
        const char *cell = table->rows[i].cells[column];

        if (*cell && strcmp(cell, "0") != 0) {
            return true;
        }
    }
    return false;
}

static void add_columns(const struct cli_table *table, struct libscols_table *into)
{
    for (size_t i = 0; i < table->column_count; i++) {
        unsigned flags = table->columns[i].flags;
        int theirs = flags & CLI_RIGHT ? SCOLS_FL_RIGHT : 0;

        theirs |= table->cli->terminal && flags & CLI_CUT ? SCOLS_FL_TRUNC : 0;
        theirs |= is_shown(table, i) ? 0 : SCOLS_FL_HIDDEN;
        scols_table_new_column(into, table->columns[i].name, 0, theirs);
    }
}

static void add_row(const struct cli_table *table, const struct row *row,
                    struct libscols_table *into)
{
    struct libscols_line *line = scols_table_new_line(into, NULL);

    for (size_t i = 0; line && i < table->column_count; i++) {
        scols_line_set_data(line, i, row->cells[i]);
        if (table->cli->colour && row->colours[i]) {
            scols_cell_set_color(scols_line_get_cell(line, i),
                                 cli_colour(table->cli, row->colours[i]));
        }
    }
}

/* It measures by the locale of the process, which is "C" here: without this, ü counts as two. */
static void print_as_utf8(struct libscols_table *table)
{
    locale_t utf8 = newlocale(LC_CTYPE_MASK, "C.UTF-8", (locale_t)0), before = (locale_t)0;

    if (utf8) {
        before = uselocale(utf8);
    }
    scols_print_table(table);
    if (utf8) {
        uselocale(before);
        freelocale(utf8);
    }
}

static void print(const struct cli_table *table)
{
    struct libscols_table *into = scols_new_table();

    if (!into) {
        return;
    }
    scols_table_set_stream(into, table->cli->out);
    scols_table_enable_noencoding(into, 1); /* cells are safe already */
    scols_table_enable_colors(into, table->cli->colour);
    scols_table_set_termforce(into, table->cli->terminal ? SCOLS_TERMFORCE_ALWAYS
                                                         : SCOLS_TERMFORCE_NEVER);
    if (table->cli->terminal) {
        scols_table_set_termwidth(into, table->cli->width);
    }
    scols_table_set_column_separator(into, "  ");
    add_columns(table, into);
    for (size_t i = 0; i < table->row_count; i++) {
        add_row(table, &table->rows[i], into);
    }
    print_as_utf8(into);
    scols_unref_table(into);
}

void cli_table_print(struct cli_table *table)
{
    if (table->row_count > 0) {
        print(table);
    }
    memory_free(table->rows);
    memory_free(table);
}
