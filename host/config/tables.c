/* The keys of the main file, but for integrations. They are also what `ferry init` prints. */
#include "config/config_internal.h"

#define MILLION 1000000

static const struct key limit_keys[] = {
    {.name = "concurrent",
     .read = value_number,
     .offset = offsetof(struct config_limits, concurrent),
     .least = 1,
     .most = 1000,
     .about = "calls at once, of one organisation",
     .example = "5"},
    {.name = "per_minute",
     .read = value_number,
     .offset = offsetof(struct config_limits, per_minute),
     .least = 1,
     .most = MILLION,
     .about = "calls a minute, of one organisation",
     .example = "60"},
    {.name = "per_day",
     .read = value_number,
     .offset = offsetof(struct config_limits, per_day),
     .least = 1,
     .most = MILLION,
     .about = "calls a day, of one organisation; 1000 on the starter tier",
     .example = "5000"},
    {.name = "app_per_minute",
     .read = value_number,
     .offset = offsetof(struct config_limits, app_per_minute),
     .least = 1,
     .most = MILLION,
     .about = "calls a minute, of all organisations of this app",
     .example = "10000"},
};
static const struct table table_limits = {"limits", limit_keys, COUNT_OF(limit_keys), NULL};

static const struct key app_keys[] = {
    {.name = "client_id",
     .read = value_text,
     .offset = offsetof(struct config_app, client_id),
     .flags = KEY_REQUIRED,
     .about = "from developer.xero.com",
     .example = "put-the-client-id-here"},
    {.name = "client_secret",
     .read = value_secret,
     .offset = offsetof(struct config_app, client_secret),
     .about = "where the secret is: file, env or credential (of systemd); PKCE apps have none",
     .example = "{ file: /etc/ferry/xero.secret }"},
    {.name = "kind",
     .read = value_kind,
     .offset = offsetof(struct config_app, kind),
     .about = "user: people consent; custom: a custom connection of one organisation, with secret",
     .example = "user"},
    {.name = "callback_port",
     .read = value_port,
     .offset = offsetof(struct config_app, callback_port),
     .about = "the redirect URI of the app is http://localhost:PORT/callback",
     .example = "8462"},
    {.name = "limits",
     .read = value_map,
     .offset = offsetof(struct config_app, limits),
     .inside = &table_limits,
     .about = "how much Xero allows"},
    {.name = "api_url",
     .read = value_url,
     .offset = offsetof(struct config_app, api_url),
     .flags = KEY_HIDDEN},
    {.name = "login_url",
     .read = value_url,
     .offset = offsetof(struct config_app, login_url),
     .flags = KEY_HIDDEN},
    {.name = "token_url",
     .read = value_url,
     .offset = offsetof(struct config_app, token_url),
     .flags = KEY_HIDDEN},
    {.name = "connections_url",
     .read = value_url,
     .offset = offsetof(struct config_app, connections_url),
     .flags = KEY_HIDDEN},
};
static const struct table table_app = {"an app", app_keys, COUNT_OF(app_keys), check_app};
static const struct key app_element = {.name = "main", .read = value_map, .inside = &table_app};

static const struct key xero_keys[] = {
    {.name = "apps",
     .read = value_named,
     .offset = offsetof(struct config, apps),
     .element = &app_element,
     .size = sizeof(struct config_app),
     .flags = KEY_SHOWN,
     .about = "how Ferry is known to Xero; integrations name one of these"},
};
static const struct table table_xero = {"xero", xero_keys, COUNT_OF(xero_keys), NULL};

static const struct key trust_element = {
    .name = "acme-erp",
    .read = value_sha256,
    .offset = offsetof(struct config_trust, sha256),
    .example = "sha256:0000000000000000000000000000000000000000000000000000000000000000"};

static const struct key connectors_keys[] = {
    {.name = "path",
     .read = value_paths,
     .offset = offsetof(struct config, connector_paths),
     .about = "folders of connectors",
     .example = "[/usr/lib/ferry/connectors]"},
    {.name = "trust",
     .read = value_named,
     .offset = offsetof(struct config, trust),
     .element = &trust_element,
     .size = sizeof(struct config_trust),
     .about = "connectors that do not come with Ferry, each with the hash of its file"},
    {.name = "without_sandbox",
     .read = value_hashes,
     .offset = offsetof(struct config, without_sandbox),
     .about =
         "hashes of connectors that may be opened in a process of their own only, on a machine "
         "whose kernel has no seccomp",
     .example = "[sha256:0000000000000000000000000000000000000000000000000000000000000000]"},
};
static const struct table table_connectors = {"connectors", connectors_keys,
                                              COUNT_OF(connectors_keys), NULL};

static const struct key person_keys[] = {
    {.name = "may",
     .read = value_may,
     .offset = offsetof(struct config_person, may),
     .flags = KEY_REQUIRED,
     .about = "read; operate (retry, skip, link, sync); approve all, or approve:FEATURE",
     .example = "[read, operate, approve:invoices]"},
};
static const struct table table_person = {"a person", person_keys, COUNT_OF(person_keys), NULL};
static const struct key person_element = {
    .name = "dana", .read = value_map, .inside = &table_person};

static const struct key integration_element = {
    .name = "acme-payhawk", .read = value_map, .inside = &table_integration};

static const struct key main_keys[] = {
    {.name = "store",
     .read = value_store,
     .offset = offsetof(struct config, store),
     .flags = KEY_REQUIRED,
     .about = "where Ferry keeps what it knows, like sqlite:/var/lib/ferry/ferry.db",
     .example = "sqlite:/var/lib/ferry/ferry.db"},
    {.name = "spool",
     .read = value_path,
     .offset = offsetof(struct config, spool),
     .about = "folder for files on their way; beside the store",
     .example = "/var/lib/ferry/spool"},
    {.name = "key",
     .read = value_secret,
     .offset = offsetof(struct config, key),
     .about = "what seals tokens: file, env or credential; the file ferry.key beside the store",
     .example = "{ file: /var/lib/ferry/ferry.key }"},
    {.name = "socket",
     .read = value_path,
     .offset = offsetof(struct config, socket),
     .about = "where the commands reach the daemon; ferry.sock beside the store",
     .example = "/run/ferry/ferry.sock"},
    {.name = "metrics",
     .read = value_listen,
     .offset = offsetof(struct config, metrics),
     .about = "address for metrics; none unless it is written",
     .example = "127.0.0.1:9180"},
    {.name = "clock",
     .read = value_path,
     .offset = offsetof(struct config, clock),
     .flags = KEY_HIDDEN},
    {.name = "xero",
     .read = value_map,
     .inside = &table_xero,
     .flags = KEY_SHOWN,
     .about = "the side that is written to"},
    {.name = "connectors",
     .read = value_map,
     .inside = &table_connectors,
     .about = "what knows the other side"},
    {.name = "integrations",
     .read = value_named,
     .offset = offsetof(struct config, integrations),
     .element = &integration_element,
     .size = sizeof(struct config_integration),
     .about = "one source account each; more of them may be in integrations.d/*.yaml, where each "
              "begins with its name"},
    {.name = "people",
     .read = value_named,
     .offset = offsetof(struct config, people),
     .element = &person_element,
     .size = sizeof(struct config_person),
     .flags = KEY_LOOSE,
     .about = "users of this machine, and what each may do"},
};
const struct table table_main = {"the config", main_keys, COUNT_OF(main_keys), NULL};
