#include "map/check.h"

enum relation relation_of(const struct map_mapping *mapping, const struct shape *shape)
{
    if (shape && shape->list && shape->list == mapping->target) {
        return RELATION_TARGET;
    }
    switch (mapping->from) {
    case FROM_NOTHING:
        return RELATION_ONE;
    case FROM_LIST:
        return shape && shape->list == mapping->base ? RELATION_RECORD : RELATION_NONE;
    case FROM_GROUP:
        if (shape && shape->list == mapping->base) {
            return RELATION_ROW;
        }
        /* the canonical text of the call is the shape's name */
        return shape && shape->rows && mapping->rule.shape &&
                       strcmp(shape->name, mapping->rule.shape->name) == 0
                   ? RELATION_GROUP
                   : RELATION_NONE;
    case FROM_ELEMENTS:
        return shape && strcmp(shape->element_of, mapping->element_of) == 0 ? RELATION_ELEMENT
                                                                            : RELATION_NONE;
    }
    return RELATION_NONE;
}
