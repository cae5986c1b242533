/* The files of a new connector, as they stand in sdk/: compiled in, so that the program has them
 * wherever it is. Words between @ are filled in. */
#ifndef FERRY_CLI_TEMPLATE_H
#define FERRY_CLI_TEMPLATE_H

#include <stddef.h>

struct template_file {
    const char *name; /* in the new folder */
    const char *bytes;
    size_t size;
};

extern const struct template_file template_files[];
extern const unsigned template_file_count;

#endif
