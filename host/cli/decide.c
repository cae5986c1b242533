/* retry, skip, link, repost: what a person says about documents. All answer {"changed":n}. */
#include "cli/commands.h"

#define DOCUMENT_IS "DOCUMENT is the id that ferry held shows, or MAPPING/KEY."

static json_t *request_about(const struct cli_line *line)
{
    json_t *request = cli_request(line->command->name);

    cli_put(request, "name", line->arguments[0]);
    cli_put(request, "document", line->arguments[1]);
    cli_put(request, "reason", cli_value(line, "reason"));
    return request;
}

static int run_one(struct cli *cli, const struct cli_line *line)
{
    return cli_tell(cli, request_about(line), cli_print_text, NULL);
}

static int run_link(struct cli *cli, const struct cli_line *line)
{
    json_t *request = request_about(line);

    cli_put(request, "object", line->arguments[2]);
    return cli_tell(cli, request, cli_print_text, NULL);
}

static int run_retry(struct cli *cli, const struct cli_line *line)
{
    bool one = line->argument_count > 1, code = cli_value(line, "code") != NULL,
         all = cli_value(line, "all") != NULL;
    json_t *request;
    struct error err;

    if (one + code + all != 1) {
        error_set(&err, ERROR_REJECTED, "usage", "Say which: a DOCUMENT, --code CODE, or --all%s.",
                  one || code || all ? ", and only one of them" : "");
        return cli_misused(cli, line, &err);
    }
    request = request_about(line);
    cli_put(request, "code", cli_value(line, "code"));
    if (all) {
        json_object_set_new(request, "all", json_true());
    }
    return cli_tell(cli, request, cli_print_text, NULL);
}

static const struct cli_option reason[] = {
    {"reason", 'r', "TEXT", "why; kept in the audit log"},
    {NULL, 0, NULL, NULL},
};

static const struct cli_option retry_options[] = {
    {"code", 0, "CODE", "all documents held with this code"},
    {"all", 'a', NULL, "all held documents of NAME"},
    {"reason", 'r', "TEXT", "why; kept in the audit log"},
    {NULL, 0, NULL, NULL},
};

const struct cli_command cli_retry = {
    .name = "retry",
    .about = "look at held or skipped documents again",
    .arguments = "NAME [DOCUMENT]",
    .options = retry_options,
    .details = DOCUMENT_IS,
    .example = "ferry retry acme-payhawk --code locked-period",
    .run = run_retry,
};

const struct cli_command cli_skip = {
    .name = "skip",
    .about = "say that a document is not to be written",
    .arguments = "NAME DOCUMENT",
    .options = reason,
    .details = DOCUMENT_IS "\nferry retry takes it back.",
    .example = "ferry skip acme-payhawk 118 --reason \"typed in by hand\"",
    .run = run_one,
};

const struct cli_command cli_link = {
    .name = "link",
    .about = "say that an object in Xero is this document",
    .arguments = "NAME DOCUMENT OBJECT-ID",
    .options = reason,
    .details = DOCUMENT_IS "\nOBJECT-ID is the id at the end of the object's address in Xero.",
    .example = "ferry link acme-payhawk 118 7d1e0f6a-0a5c-4a51-9c5e-2f3f0d2f5b11",
    .run = run_link,
};

const struct cli_command cli_repost = {
    .name = "repost",
    .about = "write a document again that a person removed in Xero",
    .arguments = "NAME DOCUMENT",
    .options = reason,
    .details = DOCUMENT_IS,
    .example = "ferry repost acme-payhawk 118 --reason \"voided by mistake\"",
    .run = run_one,
};
