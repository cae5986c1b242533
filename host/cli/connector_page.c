#include "cli/connector_page.h"

#include <string.h>

static void end_block(struct page *p)
{
    if (p->markdown && p->in_block) {
        fputs("\n", p->cli->out);
    }
    p->in_block = false;
    p->columns = 0;
}

void page_heading(struct page *p, int level, const char *name, const char *about)
{
    FILE *out = p->cli->out;

    end_block(p);
    if (p->markdown) {
        fprintf(out, "%.*s %s\n\n", level, "######", name);
        if (*about) {
            fprintf(out, "%s\n\n", about);
        }
    } else {
        fprintf(out, "%s%*s%s%s%s%s%s\n", level == 2 ? "\n" : "", (level - 1) * 2, "",
                cli_colour(p->cli, "bold"), name, cli_plain(p->cli), *about ? ": " : "", about);
    }
}

void page_sentence(struct page *p, int level, const char *sentence)
{
    end_block(p);
    fprintf(p->cli->out, "%*s%s\n%s", p->markdown ? 0 : (level - 1) * 2, "", sentence,
            p->markdown ? "\n" : "");
}

const char *page_code(const struct page *p, const char *text)
{
    const char *around = strchr(text, '`') ? "`` " : "`";

    if (!p->markdown || !*text) {
        return text;
    }
    return arena_printf(p->cli->arena, "%s%s%s", around, text, around[1] ? " ``" : "`");
}

void page_item(struct page *p, int level, const char *label, const char *value, const char *note)
{
    FILE *out = p->cli->out;

    if (!*value && !*note) {
        return;
    }
    if (p->columns) {
        end_block(p);
    }
    p->in_block = true;
    if (p->markdown) {
        fprintf(out, "- %s: %s%s%s\n", label, page_code(p, value), *value && *note ? " " : "",
                note);
    } else {
        fprintf(out, "%*s%s: %s%s%s\n", (level - 1) * 2, "", label, value,
                *value && *note ? "   # " : "", note);
    }
}

void page_table(struct page *p, const char *const *names)
{
    FILE *out = p->cli->out;

    end_block(p);
    while (names[p->columns]) {
        p->columns++;
    }
    p->in_block = true;
    if (!p->markdown) {
        return;
    }
    for (unsigned i = 0; i < p->columns; i++) {
        fprintf(out, "| %s ", names[i]);
    }
    fputs("|\n", out);
    for (unsigned i = 0; i < p->columns; i++) {
        fputs("|---", out);
    }
    fputs("|\n", out);
}

/* A bar would end the cell, also inside code. Blanks in a row come from how sources are laid out.
 */
static void print_cell(struct page *p, const struct page_cell *cell)
{
    const char *text = cell->text ? cell->text : "";
    bool after_blank = false;

    fputs("| ", p->cli->out);
    for (text = cell->is_code ? page_code(p, text) : text; *text; text++) {
        bool blank = *text == ' ' || *text == '\n';

        if (!blank || !after_blank) {
            fputs(*text == '|' ? "\\" : "", p->cli->out);
            fputc(blank ? ' ' : *text, p->cli->out);
        }
        after_blank = blank;
    }
    fputs(" ", p->cli->out);
}

void page_row(struct page *p, int level, const struct page_cell *cells)
{
    const char *note = "";

    if (p->markdown) {
        for (unsigned i = 0; i < p->columns; i++) {
            print_cell(p, &cells[i]);
        }
        fputs("|\n", p->cli->out);
        return;
    }
    for (unsigned i = 2; i < p->columns; i++) {
        if (cells[i].text && *cells[i].text) {
            note = arena_printf(p->cli->arena, "%s%s%s", note, *note ? "; " : "", cells[i].text);
        }
    }
    fprintf(p->cli->out, "%*s%s%s%s%s%s\n", (level - 1) * 2, "", cells[0].text,
            cells[1].text && *cells[1].text ? ": " : "", cells[1].text ? cells[1].text : "",
            *note ? "   # " : "", note);
}

const char *page_reason(const struct page *p, const char *why)
{
    const char *sentence = strstr(why, ": ");

    return p->markdown && sentence ? arena_printf(p->cli->arena, "%s (`%.*s`)", sentence + 2,
                                                  (int)(sentence - why), why)
                                   : why;
}

const char *page_short_reason(const struct page *p, const char *sentence)
{
    const char *ret = "", *open;
    size_t size;

    while ((open = strchr(sentence, '{')) != NULL && open[1] != '{') {
        const char *close = strchr(open, '}');

        ret = arena_printf(p->cli->arena, "%s%.*s…", ret, (int)(open - sentence), sentence);
        sentence = close ? close + 1 : open + 1;
    }
    size = strlen(sentence);
    size -= size > 0 && sentence[size - 1] == '.';
    return arena_printf(p->cli->arena, "%s%.*s", ret, (int)size, sentence);
}
