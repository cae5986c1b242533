/*
 * Lists that people put into a folder as files: `.get = "FILE {option.folder}/…csv"`, with a star.
 * The folder is what the operator wrote; a connector can name no folder of its own. Each file is
 * one page of the list, read whole or not at all.
 */
#ifndef FERRY_INTAKE_FILES_H
#define FERRY_INTAKE_FILES_H

#include "base/arena.h"
#include "intake/reading.h"

#define FILES_MOST      1000
#define FILES_BYTES_MAX ((size_t)16 << 20) /* of one file */

bool files_are_read(const struct declared_read *read);

/*
 * "FILE {option.folder}/GLOB" → the folder as given and the glob, both in arena. CONFIG "folder":
 * the option is not set, is set by the connector, or is no absolute path; or the glob has a folder
 * in it.
 */
MUST_CHECK bool files_pattern(const struct declared_read *read,
                              const struct declared_options *declared, const json_t *options,
                              struct arena *arena, const char **ret_folder, const char **ret_glob,
                              struct error *err);

/* Names that fit, sorted by bytes, in arena; hidden ones are left out, small and capital letters
 * are the same. CONFIG "folder": cannot be read, or more than FILES_MOST. */
MUST_CHECK bool files_list(const char *folder, const char *glob, struct arena *arena,
                           const char *const **ret, size_t *ret_count, struct error *err);

/*
 * The bytes of one file. REJECTED "file": no plain file (links are not followed), too big, not
 * readable, or written to while it was read.
 */
MUST_CHECK bool files_bytes(const char *folder, const char *name, struct buffer *out,
                            struct error *err);

/* [reader] The next file becomes the answer at hand; `file` is NULL behind the last one. */
MUST_CHECK bool files_next(struct db *db, void *self, struct error *err);
/* [writer] Its rows go into the mirror; a file that cannot be read is kept with the reason. */
MUST_CHECK bool files_store(struct db *db, void *self, struct error *err);

#endif
