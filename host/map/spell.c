#include "map/ast.h"

#include "base/buffer.h"
#include "base/memory.h"

/* Every operator with both its sides in brackets: longer than people write it, and never ambiguous.
 */
#define SPELLING_MAX ((size_t)4 * EXPRESSION_MAX_BYTES)

static void spell(const struct node *node, struct buffer *out);

static void spell_items(const struct node *node, struct buffer *out)
{
    for (size_t i = 0; i < node->item_count; i++) {
        buffer_add_cstr(out, i ? ", " : "");
        spell(node->items[i], out);
    }
}

static void spell_quoted(const char *text, struct buffer *out)
{
    buffer_add_char(out, '\'');
    for (; *text; text++) {
        buffer_add_cstr(out, *text == '\'' ? "'" : "");
        buffer_add_char(out, *text);
    }
    buffer_add_char(out, '\'');
}

static void spell_labels(const struct node *node, struct buffer *out)
{
    bool quoted = strcmp(node->text, "case") == 0;

    for (size_t i = 0; i < node->labelled_count; i++) {
        const struct labelled *label = &node->labelled[i];

        buffer_add_cstr(out, label->name_count ? ", " : ", else");
        for (size_t k = 0; k < label->name_count; k++) {
            buffer_add_cstr(out, k ? "|" : "");
            if (quoted) {
                spell_quoted(label->names[k], out);
            } else {
                buffer_add_cstr(out, label->names[k]);
            }
        }
        buffer_add_cstr(out, ": ");
        spell(label->value, out);
    }
}

static void spell_pair(const struct node *node, const char *sign, struct buffer *out)
{
    buffer_add_char(out, '(');
    spell(node->a, out);
    buffer_addf(out, " %s ", sign);
    spell(node->b, out);
    buffer_add_char(out, ')');
}

static void spell_leaf(const struct node *node, struct buffer *out)
{
    if (node->kind == NODE_TEXT) {
        spell_quoted(node->text, out);
    } else if (node->kind == NODE_TRUE || node->kind == NODE_FALSE) {
        buffer_add_cstr(out, node->kind == NODE_TRUE ? "true" : "false");
    } else {
        buffer_add_cstr(out, node->text);
    }
}

/* "before a between (b or items) after": one row for each kind with a fixed frame. */
static void spell_frame(const struct node *node, struct buffer *out)
{
    static const struct {
        const char *before, *between, *after;
    } frames[] = {
        [NODE_INDEX] = {"", "[", "]"},       [NODE_LIST] = {"[", "", "]"},
        [NODE_NOT] = {"(not ", "", ")"},     [NODE_IN] = {"(", " in (", "))"},
        [NODE_IN_LIST] = {"(", " in ", ")"}, [NODE_NEGATE] = {"(-", "", ")"},
    };

    buffer_add_cstr(out, frames[node->kind].before);
    if (node->a) {
        spell(node->a, out);
    }
    buffer_add_cstr(out, frames[node->kind].between);
    if (node->b) {
        spell(node->b, out);
    }
    spell_items(node, out);
    buffer_add_cstr(out, frames[node->kind].after);
}

static void spell_call(const struct node *node, struct buffer *out)
{
    buffer_addf(out, "%s(", node->text);
    spell_items(node, out);
    spell_labels(node, out);
    buffer_add_char(out, ')');
}

static void spell_document(const struct node *node, struct buffer *out)
{
    buffer_addf(out, "@%s", node->text);
    if (node->a) {
        buffer_add_char(out, '(');
        spell(node->a, out);
        buffer_add_char(out, ')');
    }
}

static const char *operator_of(const struct node *node)
{
    static const char *const comparisons[] = {"==", "!=", "<", "<=", ">", ">="};
    static const char *const operators[NODE_CALL + 1] = {
        [NODE_OR] = "or",      [NODE_AND] = "and",    [NODE_ADD] = "+",
        [NODE_SUBTRACT] = "-", [NODE_MULTIPLY] = "*", [NODE_ELSE] = "??",
    };

    return node->kind == NODE_COMPARE ? comparisons[node->compare] : operators[node->kind];
}

static void spell(const struct node *node, struct buffer *out)
{
    if (operator_of(node)) {
        spell_pair(node, operator_of(node), out);
    } else if (node->kind <= NODE_NAME) {
        spell_leaf(node, out);
    } else if (node->kind == NODE_FIELD) {
        spell(node->a, out);
        buffer_addf(out, ".%s", node->text);
    } else if (node->kind == NODE_CALL) {
        spell_call(node, out);
    } else if (node->kind == NODE_DOCUMENT) {
        spell_document(node, out);
    } else {
        spell_frame(node, out);
    }
}

const char *expression_text(const struct node *node, struct arena *arena)
{
    AUTO(buffer_done) struct buffer out = {0};

    buffer_init(&out, SPELLING_MAX);
    spell(node, &out);
    return arena_copy_text(arena, buffer_text(&out));
}
