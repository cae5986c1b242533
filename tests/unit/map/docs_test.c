/* Every example of docs/mapping.md is run: a fenced block "ferry" is a script of script.h, and the
 * block "ferry world" stands before each of the others. */
#include "script.h"

#include <stdlib.h>

struct block {
    struct text text;
    unsigned line;
    bool is_world;
};

static bool read_all(const char *path, struct buffer *out)
{
    FILE *file = fopen(path, "rb");
    char bytes[4096];
    size_t size;

    if (!file) {
        return false;
    }
    while ((size = fread(bytes, 1, sizeof bytes, file)) > 0) {
        buffer_add(out, bytes, size);
    }
    return fclose(file) == 0 && !out->overflow;
}

/* The next block at or behind *rest; *number is the line that *rest begins with. */
static bool next_block(struct text *rest, unsigned *number, struct block *ret)
{
    bool inside = false;

    while (rest->at) {
        struct text line = text_split(rest, '\n');

        ++*number;
        if (inside && text_starts(line, "```")) {
            ret->text.size = (size_t)(line.at - ret->text.at);
            return true;
        }
        if (!inside && (text_is(line, "```ferry") || text_is(line, "```ferry world"))) {
            inside = true;
            *ret = (struct block){*rest, *number + 1, text_is(line, "```ferry world")};
        }
    }
    return false;
}

struct told {
    unsigned blocks, examples, failures;
};

static void run_block(const struct block *world, const struct block *block, struct told *told)
{
    struct script *s = memory_new(1, sizeof *s);

    script_start(s, "docs/mapping.md");
    if (world->text.at) {
        script_add(s, world->text, world->line);
    }
    script_add(s, block->text, block->line);
    told->failures += script_finish(s);
    told->examples += s->examples;
    told->blocks++;
    memory_free(s);
}

static unsigned functions_without_example(void)
{
    static const struct function *const tables[] = {functions_of_choice,  functions_of_text,
                                                    functions_of_numbers, functions_of_days,
                                                    functions_of_lists,   functions_of_groups};
    unsigned missing = 0;
    size_t at = 0;

    for (size_t t = 0; t < sizeof tables / sizeof *tables; t++) {
        for (const struct function *f = tables[t]; f->name; f++, at++) {
            if (!script_seen[at]) {
                print_error("docs/mapping.md has no example of %s\n", f->name);
                missing++;
            }
        }
    }
    return missing;
}

static void docs__say_what_is_so(void **state)
{
    struct buffer page;
    struct block block, world = {0};
    struct told told = {0};
    const char *source = getenv("FERRY_SOURCE");
    unsigned number = 0;
    struct text rest;
    char path[4096];

    (void)state;
    assert_non_null(source);
    snprintf(path, sizeof path, "%s/docs/mapping.md", source);
    buffer_init(&page, 1 << 20);
    assert_true(read_all(path, &page));
    rest = buffer_text(&page);
    while (next_block(&rest, &number, &block)) {
        if (block.is_world) {
            world = block;
        } else {
            run_block(&world, &block, &told);
        }
    }
    told.failures += functions_without_example();
    buffer_done(&page);
    print_message("%u blocks, %u examples\n", told.blocks, told.examples);
    assert_int_equal(told.failures, 0);
    assert_true(told.blocks > 20 && told.examples > 100);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(docs__say_what_is_so)};

    return cmocka_run_group_tests(tests, NULL, NULL);
}
