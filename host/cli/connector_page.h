/* A page in two ways: indented lines for a terminal, Markdown with tables for a document. */
#ifndef FERRY_CLI_CONNECTOR_PAGE_H
#define FERRY_CLI_CONNECTOR_PAGE_H

#include "cli/cli_internal.h"

struct page {
    struct cli *cli;
    bool markdown;
    bool in_block;    /* Markdown: a table or a list is open, and ends with an empty line */
    unsigned columns; /* of the table that is open */
};

/* level: 1 the title. about may be "". */
void page_heading(struct page *p, int level, const char *name, const char *about);
/* One sentence by itself. */
void page_sentence(struct page *p, int level, const char *sentence);
/* "label: value", with a note in plain words; left out when value and note are "". */
void page_item(struct page *p, int level, const char *label, const char *value, const char *note);

/* A cell is plain words, or code. NULL: an empty cell. */
#define PAGE_COLUMNS_MOST 4
struct page_cell {
    const char *text;
    bool is_code;
};
/* names: of the columns, ends with NULL; only documents show them. */
void page_table(struct page *p, const char *const *names);
/* As many cells as the table has columns. Lines: "first: second   # the others". */
void page_row(struct page *p, int level, const struct page_cell *cells);

/* Code inside a sentence. In the arena. */
const char *page_code(const struct page *p, const char *text);
/* "code: sentence" as people read it. In the arena. */
const char *page_reason(const struct page *p, const char *why);
/* The sentence of a reason in an overview: without its full stop, values in braces as "…". */
const char *page_short_reason(const struct page *p, const char *sentence);

/* connector_overview.c: what becomes of what, and what people approve. */
void page_overview(struct page *p, const json_t *connector);
/* connector_lists.c */
void page_lists(struct page *p, const json_t *connector);
void page_options(struct page *p, int level, const json_t *options);

#endif
