/* The tables behind shapes.h: a field that is added to ferry/connector.h is added here too. */
#include "shapes.h"

#define TEXT_OF(type, member)                                                                      \
    {                                                                                              \
#member, offsetof(struct type, member), KIND_TEXT, NULL                                    \
    }
#define NUMBER_OF(type, member)                                                                    \
    {                                                                                              \
#member, offsetof(struct type, member), KIND_NUMBER, NULL                                  \
    }
#define ARRAY_OF(type, member, of)                                                                 \
    {                                                                                              \
#member, offsetof(struct type, member), KIND_ARRAY, of                                     \
    }
#define STRUCT_OF(type, member, of)                                                                \
    {                                                                                              \
#member, offsetof(struct type, member), KIND_STRUCT, of                                    \
    }
#define SHAPE(type, fields)                                                                        \
    {                                                                                              \
        fields, sizeof(fields) / sizeof *(fields), sizeof(struct type)                             \
    }

static const struct field row_fields[] = {
    TEXT_OF(ferry_row, name),
    TEXT_OF(ferry_row, value),
};
static const struct shape row_shape = SHAPE(ferry_row, row_fields);

static const struct field option_fields[] = {
    TEXT_OF(ferry_option, about),
    TEXT_OF(ferry_option, name),
    TEXT_OF(ferry_option, type),
    TEXT_OF(ferry_option, value),
};
static const struct shape option_shape = SHAPE(ferry_option, option_fields);

static const struct field guard_fields[] = {
    {"verdict", offsetof(struct ferry_guard, verdict), KIND_VERDICT, NULL},
    TEXT_OF(ferry_guard, when),
    TEXT_OF(ferry_guard, why),
};
static const struct shape guard_shape = SHAPE(ferry_guard, guard_fields);

static const struct field read_fields[] = {
    TEXT_OF(ferry_read, body),          NUMBER_OF(ferry_read, complete),
    TEXT_OF(ferry_read, get),           TEXT_OF(ferry_read, gone),
    TEXT_OF(ferry_read, gone_at),       TEXT_OF(ferry_read, ids),
    TEXT_OF(ferry_read, next),          TEXT_OF(ferry_read, only),
    NUMBER_OF(ferry_read, overlap_s),   TEXT_OF(ferry_read, page),
    TEXT_OF(ferry_read, records),       TEXT_OF(ferry_read, since),
    NUMBER_OF(ferry_read, window_days),
};
static const struct shape read_shape = SHAPE(ferry_read, read_fields);

static const struct field write_fields[] = {
    NUMBER_OF(ferry_write, batch), TEXT_OF(ferry_write, body),   TEXT_OF(ferry_write, create),
    TEXT_OF(ferry_write, error),   TEXT_OF(ferry_write, marker), TEXT_OF(ferry_write, remove),
    TEXT_OF(ferry_write, results), TEXT_OF(ferry_write, update), NUMBER_OF(ferry_write, whole),
};
static const struct shape write_shape = SHAPE(ferry_write, write_fields);

static const struct field list_fields[] = {
    TEXT_OF(ferry_list, about),
    ARRAY_OF(ferry_list, derive, &row_shape),
    ARRAY_OF(ferry_list, form, &option_shape),
    TEXT_OF(ferry_list, name),
    STRUCT_OF(ferry_list, read, &read_shape),
    TEXT_OF(ferry_list, record),
    STRUCT_OF(ferry_list, write, &write_shape),
};
static const struct shape list_shape = SHAPE(ferry_list, list_fields);

static const struct shape mapping_shape;
static const struct field mapping_fields[] = {
    TEXT_OF(ferry_mapping, about),
    NUMBER_OF(ferry_mapping, again_s),
    TEXT_OF(ferry_mapping, approve),
    ARRAY_OF(ferry_mapping, fields, &row_shape),
    TEXT_OF(ferry_mapping, from),
    TEXT_OF(ferry_mapping, gone),
    ARRAY_OF(ferry_mapping, guards, &guard_shape),
    {"match", offsetof(struct ferry_mapping, match), KIND_TEXTS, NULL},
    TEXT_OF(ferry_mapping, name),
    TEXT_OF(ferry_mapping, others),
    ARRAY_OF(ferry_mapping, parts, &mapping_shape),
    TEXT_OF(ferry_mapping, to),
    TEXT_OF(ferry_mapping, was),
};
static const struct shape mapping_shape = SHAPE(ferry_mapping, mapping_fields);

static const struct field flow_fields[] = {
    TEXT_OF(ferry_flow, about),
    ARRAY_OF(ferry_flow, guards, &guard_shape),
    ARRAY_OF(ferry_flow, mappings, &mapping_shape),
    TEXT_OF(ferry_flow, name),
    TEXT_OF(ferry_flow, when),
};
static const struct shape flow_shape = SHAPE(ferry_flow, flow_fields);

static const struct field connector_fields[] = {
    {"abi", offsetof(struct ferry_connector, abi), KIND_ABI, NULL},
    TEXT_OF(ferry_connector, about),
    TEXT_OF(ferry_connector, absent),
    ARRAY_OF(ferry_connector, answers, &guard_shape),
    ARRAY_OF(ferry_connector, events, &row_shape),
    ARRAY_OF(ferry_connector, flows, &flow_shape),
    TEXT_OF(ferry_connector, headers),
    TEXT_OF(ferry_connector, hosts),
    TEXT_OF(ferry_connector, id),
    ARRAY_OF(ferry_connector, lists, &list_shape),
    TEXT_OF(ferry_connector, login),
    TEXT_OF(ferry_connector, name),
    ARRAY_OF(ferry_connector, options, &option_shape),
    TEXT_OF(ferry_connector, quota),
    TEXT_OF(ferry_connector, version),
    TEXT_OF(ferry_connector, webhook),
};
const struct shape ferry_connector_shape = SHAPE(ferry_connector, connector_fields);
