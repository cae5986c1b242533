/*
 * YAML to a tree. libfyaml gives events, and only events: its documents would resolve aliases,
 * which is how small files become large. Anchors, aliases and tags are refused.
 */
#include "config/config_internal.h"

#include <libfyaml.h>

#include "base/dict.h"

struct parse {
    struct reader *r;
    const char *file;
    struct fy_diag *diag;
    struct fy_parser *parser;
    struct yaml_node *open[CONFIG_DEPTH_MAX]; /* maps and lists we are inside of */
    struct yaml_node *key[CONFIG_DEPTH_MAX];  /* of a map: the key whose value comes next */
    size_t depth;
    struct yaml_node *root;
    bool second; /* a second document began */
};

bool yaml_is_null(const struct yaml_node *node)
{
    return node->kind == YAML_TEXT && !node->quoted &&
           (node->text[0] == '\0' || strcmp(node->text, "~") == 0 ||
            strcmp(node->text, "null") == 0);
}

struct config_place yaml_place(const struct yaml_node *node)
{
    return node->key ? node->key->place : node->place;
}

const struct yaml_node *yaml_get(const struct yaml_node *map, const char *key)
{
    for (const struct yaml_node *value = map->first; map->kind == YAML_MAP && value;
         value = value->next) {
        if (strcmp(value->key->text, key) == 0) {
            return value;
        }
    }
    return NULL;
}

/* ---- one event ---- */

static struct config_place place_of(struct parse *p, struct fy_event *event)
{
    const struct fy_mark *mark = fy_event_start_mark(event);
    struct config_place place = {p->file, 1, 1};

    if (mark && mark->line >= 0 && mark->column >= 0) {
        place.line = (uint32_t)mark->line + 1;
        place.column = (uint32_t)mark->column + 1;
    } else if (p->depth && p->key[p->depth - 1]) {
        place = p->key[p->depth - 1]->place; /* a value that is not there */
    }
    return place;
}

static bool stop(struct parse *p, struct config_place place, const char *text)
{
    config_complain(p->r->complaints, place, NULL, "%s", text);
    return false;
}

static bool text_is_clean(struct text t)
{
    for (size_t i = 0; i < t.size; i++) {
        unsigned char c = (unsigned char)t.at[i];
        if ((c < 0x20 && c != '\n' && c != '\t') || c == 0x7f) {
            return false;
        }
    }
    return true;
}

static bool read_scalar(struct parse *p, struct fy_event *event, struct yaml_node *node)
{
    enum fy_scalar_style style = fy_token_scalar_style(event->scalar.value);
    struct text text = {NULL, 0};

    text.at = fy_token_get_text(event->scalar.value, &text.size);
    if (!text.at) {
        text = TEXT("");
    }
    node->kind = YAML_TEXT;
    node->quoted = style != FYSS_PLAIN && style != FYSS_ANY;
    if ((style == FYSS_SINGLE_QUOTED || style == FYSS_DOUBLE_QUOTED) && node->place.column > 1) {
        node->place.column--; /* the mark is behind the quote */
    }
    if (!text_is_clean(text)) {
        return stop(p, node->place, "there is a control character in this text; remove it");
    }
    node->text = arena_copy_text(p->r->scratch, text);
    return true;
}

/* Hang the node where it belongs: it is the root, a key, a value or an item. */
static bool attach(struct parse *p, struct yaml_node *node)
{
    struct yaml_node *parent = p->depth ? p->open[p->depth - 1] : NULL;
    struct yaml_node **key = p->depth ? &p->key[p->depth - 1] : NULL;

    if (!parent) {
        p->root = node;
        return true;
    }
    if (parent->kind == YAML_MAP && !*key) {
        if (node->kind != YAML_TEXT) {
            return stop(p, node->place, "a key is one word; lists and maps cannot be keys");
        }
        *key = node;
        return true;
    }
    if (parent->kind == YAML_MAP) {
        node->key = *key;
        *key = NULL;
    }
    if (parent->last) {
        parent->last->next = node;
    } else {
        parent->first = node;
    }
    parent->last = node;
    parent->count++;
    return true;
}

static bool add_node(struct parse *p, struct fy_event *event)
{
    struct yaml_node *node = arena_alloc(p->r->scratch, 1, sizeof *node);

    node->place = place_of(p, event);
    if (++p->r->nodes > CONFIG_NODES_MAX) {
        return stop(p, node->place, "there are too many keys and values; 50,000 is the limit");
    }
    if (fy_event_get_anchor_token(event) || fy_event_get_tag_token(event)) {
        return stop(p, node->place, "anchors (&name) and tags (!name) are not used here");
    }
    if (event->type == FYET_SCALAR) {
        return read_scalar(p, event, node) && attach(p, node);
    }
    node->kind = event->type == FYET_MAPPING_START ? YAML_MAP : YAML_LIST;
    if (!attach(p, node)) {
        return false;
    }
    if (p->depth == CONFIG_DEPTH_MAX) {
        return stop(p, node->place, "maps and lists are too deep inside each other; 16 is most");
    }
    p->open[p->depth] = node;
    p->key[p->depth++] = NULL;
    return true;
}

static bool take_event(struct parse *p, struct fy_event *event)
{
    switch (event->type) {
    case FYET_SCALAR:
    case FYET_MAPPING_START:
    case FYET_SEQUENCE_START:
        return add_node(p, event);
    case FYET_MAPPING_END:
    case FYET_SEQUENCE_END:
        p->depth--;
        return true;
    case FYET_ALIAS:
        return stop(p, place_of(p, event), "aliases (*name) are not used here; write it again");
    case FYET_DOCUMENT_START:
        if (p->second) {
            return stop(p, place_of(p, event),
                        "a second document begins; one file is one document");
        }
        p->second = true;
        return true;
    default:
        return true;
    }
}

/* ---- what libfyaml says ---- */

/* Its messages are fixed words, but some go on with what is in the file: never beyond a quote. */
static struct text fixed_words(const char *message)
{
    struct text words = text_of(message);

    words.size = strcspn(message, "'\"\n");
    words = text_trim(words);
    while (words.size && strchr("(=:", words.at[words.size - 1])) {
        words.size--;
        words = text_trim(words);
    }
    return words;
}

static void complain_malformed(struct parse *p)
{
    void *cursor = NULL;
    struct fy_diag_error *error = fy_diag_errors_iterate(p->diag, &cursor);
    struct config_place place = {p->file, 1, 1};
    struct text words = TEXT("it cannot be parsed");
    bool cut = false;

    if (error && error->line > 0 && error->column > 0) {
        place.line = (uint32_t)error->line;
        place.column = (uint32_t)error->column;
    }
    if (error && error->msg) {
        words = fixed_words(error->msg);
        cut = error->msg[words.size] != '\0';
        if (strstr(error->msg, "anchor") || strstr(error->msg, "tag") ||
            strstr(error->msg, "alias")) {
            words = TEXT("anchors, aliases and tags are not used here");
        }
    }
    config_complain(p->r->complaints, place, NULL, "this is not YAML: %.*s%s", TEXT_ARGS(words),
                    cut ? " …" : "");
}

static void drop_output(struct fy_diag *diag, void *user, const char *bytes, size_t size)
{
    (void)diag;
    (void)user;
    (void)bytes;
    (void)size;
}

static void open_parser(struct parse *p)
{
    struct fy_diag_cfg diag;
    struct fy_parse_cfg cfg = {.search_path = "",
                               .flags = FYPCF_QUIET | FYPCF_DEFAULT_VERSION_1_2 | FYPCF_JSON_NONE};

    fy_diag_cfg_default(&diag);
    diag.fp = NULL;
    diag.output_fn = drop_output;
    diag.level = FYET_ERROR;
    p->diag = fy_diag_create(&diag);
    if (p->diag) {
        fy_diag_set_collect_errors(p->diag, true);
        cfg.diag = p->diag;
        p->parser = fy_parser_create(&cfg);
    }
}

static bool run_parser(struct parse *p, struct text text)
{
    struct fy_event *event;
    bool ok = true;

    if (!p->parser || fy_parser_set_string(p->parser, text.at, text.size) != 0) {
        complain_malformed(p);
        return false;
    }
    while (ok && (event = fy_parser_parse(p->parser)) != NULL) {
        ok = take_event(p, event);
        fy_parser_event_free(p->parser, event);
    }
    if (ok && (fy_parser_get_stream_error(p->parser) || fy_diag_got_error(p->diag))) {
        complain_malformed(p);
        ok = false;
    }
    return ok;
}

/* ---- the whole ---- */

static bool check_utf8(struct reader *r, const char *file, struct text text)
{
    struct config_place place = {file, 0, 1};

    while (text.size) {
        struct text line = text_split(&text, '\n');
        place.line++;
        if (!text_is_utf8(line)) {
            config_complain(r->complaints, place, NULL, "this line is not UTF-8 text");
            return false;
        }
    }
    return true;
}

/* Complain of keys that are there again, and take them out. */
static void drop_duplicates(struct reader *r, struct yaml_node *node)
{
    struct dict *seen = node->kind == YAML_MAP ? dict_new() : NULL;
    struct yaml_node *before = NULL, *at = node->first;

    while (at) {
        struct yaml_node *first = seen ? dict_get(seen, text_of(at->key->text)) : NULL;

        if (first && before) {
            config_complain(r->complaints, at->key->place, NULL,
                            "this key is here twice; it is also on line %u",
                            first->key->place.line);
            before->next = at->next;
            node->count--;
        } else {
            if (seen) {
                dict_set(seen, text_of(at->key->text), at);
            }
            drop_duplicates(r, at);
            before = at;
        }
        at = at->next;
    }
    node->last = before;
    dict_free(seen);
}

struct yaml_node *yaml_parse(struct reader *r, const char *file, struct text text)
{
    struct parse p = {.r = r, .file = file};
    bool ok;

    if (text_starts(text, "\xef\xbb\xbf")) { /* a byte order mark */
        text.at += 3;
        text.size -= 3;
    }
    if (!check_utf8(r, file, text) || text.size == 0) {
        return NULL;
    }
    open_parser(&p);
    ok = run_parser(&p, text);
    fy_parser_destroy(p.parser);
    fy_diag_destroy(p.diag);
    if (!ok || !p.root) {
        return NULL;
    }
    drop_duplicates(r, p.root);
    return p.root;
}
