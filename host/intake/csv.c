#include "intake/csv.h"

#define BYTE_ORDER_MARK "\xef\xbb\xbf"

/* Cells one behind the other in `bytes`; cell i ends at ends[i]. */
struct row {
    struct buffer bytes;
    size_t ends[CSV_CELLS_MAX];
    size_t count;
    unsigned line; /* where it begins */
};

struct csv {
    const char *file;
    struct text rest; /* not read yet */
    unsigned line;    /* where `rest` begins */
    char separator;
    struct row header, row;
    size_t rows;
};

/* Returns false. `what` is the sentence and its fix. */
#define REFUSE(csv, at_line, err, ...)                                                             \
    (error_set(err, ERROR_REJECTED, "csv", __VA_ARGS__),                                           \
     error_at(err, "%.200s, line %u", (csv)->file, at_line))

static struct text cell_at(const struct row *row, size_t i)
{
    size_t start = i ? row->ends[i - 1] : 0;

    /* a row of empty cells has no bytes at all */
    return row->bytes.at ? (struct text){row->bytes.at + start, row->ends[i] - start} : TEXT("");
}

static bool is_blank(struct text t)
{
    return text_trim(t).size == 0;
}

static bool row_is_blank(const struct row *row)
{
    for (size_t i = 0; i < row->count; i++) {
        if (!is_blank(cell_at(row, i))) {
            return false;
        }
    }
    return true;
}

/* ---- characters ----------------------------------------------------------------------------- */

/* U+0001 marks numbers inside this program, so no control character may come from outside. */
static bool has_control(struct text t)
{
    for (size_t i = 0; i < t.size; i++) {
        unsigned char c = (unsigned char)t.at[i];

        if ((c < 0x20 && c != '\t' && c != '\r') || c == 0x7f) {
            return true;
        }
    }
    return false;
}

static bool check_characters(const struct csv *csv, struct error *err)
{
    struct text rest = csv->rest;

    for (unsigned line = 1; rest.size; line++) {
        struct text bytes = text_split(&rest, '\n');

        if (!text_is_utf8(bytes)) {
            return REFUSE(csv, line, err,
                          "This is not UTF-8. Save the file as \"CSV UTF-8\" and put it here "
                          "again; nothing of it was read.");
        }
        if (has_control(bytes)) {
            return REFUSE(csv, line, err,
                          "There is a control character. Export the file again; nothing of it was "
                          "read.");
        }
    }
    return true;
}

/* ---- cells ---------------------------------------------------------------------------------- */

static bool at_end_of_line(struct text t)
{
    return t.size == 0 || t.at[0] == '\n' || text_starts(t, "\r\n");
}

static bool at_end_of_cell(const struct csv *csv)
{
    return at_end_of_line(csv->rest) || csv->rest.at[0] == csv->separator;
}

static void skip(struct csv *csv, size_t count)
{
    csv->rest.at += count;
    csv->rest.size -= count;
}

static bool end_cell(struct csv *csv, struct row *row, struct error *err)
{
    if (row->count == CSV_CELLS_MAX) {
        return REFUSE(csv, row->line, err, "A row has more than %d cells.", CSV_CELLS_MAX);
    }
    row->ends[row->count++] = row->bytes.size;
    return true;
}

static bool read_plain(struct csv *csv, struct row *row, struct error *err)
{
    struct text cell = {csv->rest.at, 0};

    while (!at_end_of_cell(csv)) {
        if (csv->rest.at[0] == '"') {
            return REFUSE(
                csv, csv->line, err,
                "A quote stands in the middle of a cell. Put the whole cell in quotes and "
                "double the one inside.");
        }
        if (csv->rest.at[0] == '\r') {
            return REFUSE(csv, csv->line, err,
                          "A line ends in the old way of the Macintosh. Save the file as \"CSV "
                          "UTF-8\".");
        }
        skip(csv, 1);
        cell.size++;
    }
    buffer_add_text(&row->bytes, text_trim(cell));
    return end_cell(csv, row, err);
}

static bool read_quoted(struct csv *csv, struct row *row, struct error *err)
{
    unsigned begin = csv->line;

    for (skip(csv, 1); csv->rest.size; skip(csv, 1)) {
        char c = csv->rest.at[0];

        if (c == '"') {
            skip(csv, 1);
            if (csv->rest.size == 0 || csv->rest.at[0] != '"') {
                return at_end_of_cell(csv) ? end_cell(csv, row, err)
                                           : REFUSE(csv, csv->line, err,
                                                    "Something follows the closing quote of a "
                                                    "cell. Double quotes that are inside a cell.");
            }
        }
        csv->line += c == '\n';
        buffer_add_char(&row->bytes, c);
    }
    return REFUSE(csv, begin, err, "A quote that opens here never closes. Is the file complete?");
}

/* ---- rows ----------------------------------------------------------------------------------- */

static bool read_row(struct csv *csv, struct row *row, struct error *err)
{
    bool more = true;

    buffer_clear(&row->bytes);
    row->count = 0;
    row->line = csv->line;
    while (more) {
        bool quoted = csv->rest.size && csv->rest.at[0] == '"';

        if (!(quoted ? read_quoted : read_plain)(csv, row, err)) {
            return false;
        }
        more = !at_end_of_line(csv->rest);
        if (more) {
            skip(csv, 1);
        }
    }
    if (csv->rest.size) {
        skip(csv, csv->rest.at[0] == '\r' ? 2 : 1);
        csv->line++;
    }
    return true;
}

/* Cells may not be lost, so every cell needs a column, and every column that is used a name. */
static bool check_row(const struct csv *csv, struct error *err)
{
    if (csv->row.count != csv->header.count) {
        return REFUSE(csv, csv->row.line, err,
                      "This row has %zu cells, but the first line names %zu columns.",
                      csv->row.count, csv->header.count);
    }
    for (size_t i = 0; i < csv->row.count; i++) {
        if (is_blank(cell_at(&csv->header, i)) && !is_blank(cell_at(&csv->row, i))) {
            return REFUSE(csv, csv->row.line, err,
                          "Column %zu holds something, but the first line gives it no name.",
                          i + 1);
        }
    }
    return true;
}

/* The next row with something in it; *ret is false at the end. */
static bool next_row(struct csv *csv, bool *ret, struct error *err)
{
    *ret = false;
    while (csv->rest.size) {
        if (!read_row(csv, &csv->row, err)) {
            return false;
        }
        if (row_is_blank(&csv->row)) {
            continue;
        }
        if (++csv->rows > CSV_ROWS_MAX) {
            return REFUSE(csv, csv->row.line, err, "There are more than %d rows.", CSV_ROWS_MAX);
        }
        *ret = true;
        return check_row(csv, err);
    }
    return true;
}

/* ---- the first line ------------------------------------------------------------------------- */

static bool find_separator(struct csv *csv, struct error *err)
{
    static const char separators[] = {',', ';', '\t'};
    size_t counts[sizeof separators] = {0}, most = 0, alike = 0;
    bool quoted = false;

    for (size_t i = 0; i < csv->rest.size && (quoted || csv->rest.at[i] != '\n'); i++) {
        quoted ^= csv->rest.at[i] == '"';
        for (size_t s = 0; s < sizeof separators && !quoted; s++) {
            counts[s] += csv->rest.at[i] == separators[s];
        }
    }
    for (size_t s = 0; s < sizeof separators; s++) {
        most = counts[s] > counts[most] ? s : most;
    }
    for (size_t s = 0; s < sizeof separators; s++) {
        alike += counts[s] == counts[most];
    }
    if (counts[most] > 0 && alike > 1) {
        return REFUSE(csv, 1u, err,
                      "The first line has as many of one separator as of another. Put column "
                      "names that contain one in quotes.");
    }
    csv->separator = separators[most];
    return true;
}

static bool check_header(struct csv *csv, struct error *err)
{
    const struct row *header = &csv->header;

    if (row_is_blank(header)) {
        return REFUSE(csv, header->line, err, "The first line ought to name the columns.");
    }
    for (size_t i = 0; i < header->count; i++) {
        struct text name = text_trim(cell_at(header, i));

        for (size_t k = 0; k < i && name.size; k++) {
            if (text_equal(name, text_trim(cell_at(header, k)))) {
                return REFUSE(csv, header->line, err,
                              "Columns %zu and %zu have the same name, \"%.*s\".", k + 1, i + 1,
                              name.size > 60 ? 60 : (int)name.size, name.at);
            }
        }
    }
    return true;
}

/* ---- the whole ------------------------------------------------------------------------------ */

static json_t *record_of(const struct csv *csv)
{
    json_t *cells = json_object();

    for (size_t i = 0; i < csv->row.count; i++) {
        struct text name = text_trim(cell_at(&csv->header, i)), cell = cell_at(&csv->row, i);

        if (!is_blank(cell)) {
            json_object_setn_new(cells, name.at, name.size, json_new_text(cell));
        }
    }
    return json_pack("{s:o, s:o, s:o}", "file", json_new_text(text_of(csv->file)), "line",
                     json_new_int(csv->row.line), "cells", cells);
}

/* Without `each`, only looks whether all is well. */
static bool pass(struct csv csv, record_fn *each, void *self, struct error *err)
{
    bool more = true, ok;

    buffer_init(&csv.header.bytes, CSV_BYTES_MAX);
    buffer_init(&csv.row.bytes, CSV_BYTES_MAX);
    ok = find_separator(&csv, err) && read_row(&csv, &csv.header, err) && check_header(&csv, err);
    while (ok && more) {
        ok = next_row(&csv, &more, err);
        if (ok && more && each) {
            AUTO_JSON json_t *record = record_of(&csv);

            ok = each(self, record, NULL, err);
        }
    }
    buffer_done(&csv.header.bytes);
    buffer_done(&csv.row.bytes);
    return ok;
}

bool csv_each(struct text bytes, const char *file, record_fn *each, void *self, struct error *err)
{
    struct csv csv = {.file = file, .rest = bytes, .line = 1};

    if (bytes.size > CSV_BYTES_MAX) {
        return REFUSE(&csv, 1u, err, "The file has more than %zu MiB.", CSV_BYTES_MAX >> 20);
    }
    if (text_starts(bytes, BYTE_ORDER_MARK)) {
        skip(&csv, sizeof BYTE_ORDER_MARK - 1);
    }
    return check_characters(&csv, err) && pass(csv, NULL, NULL, err) && pass(csv, each, self, err);
}
