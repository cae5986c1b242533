#include "store/store_internal.h"

bool run_begin(struct db *db, int64_t integration, const char *flow, const char *why,
               int64_t *ret_id, struct error *err)
{
    if (!db_do(db, err, "INSERT INTO run (integration, flow, why, begun_ms) VALUES (?, ?, ?, ?)",
               "itti", integration, flow, why, clock_wall_ms(db->clock))) {
        return false;
    }
    *ret_id = db_last_id(db);
    return true;
}

bool run_end(struct db *db, int64_t id, const char *result, const char *counts, const char *why,
             struct error *err)
{
    return db_do(db, err,
                 "UPDATE run SET ended_ms = ?, result = ?, counts = ?, sentence = ? WHERE id = ?",
                 "ittti", clock_wall_ms(db->clock), result, counts, why, id);
}

bool run_last(struct db *db, int64_t integration, const char *flow, struct arena *arena,
              struct run_row *ret, bool *ret_found, struct error *err)
{
    sqlite3_stmt *rows;
    enum db_row row;

    if (!db_ask(db, err, &rows,
                "SELECT id, begun_ms, ended_ms, flow, why, result, counts, sentence FROM run WHERE "
                "integration = ? AND"
                " flow = ? ORDER BY id DESC LIMIT 1",
                "it", integration, flow)) {
        return false;
    }
    row = db_row(db, rows, err);
    *ret_found = row == DB_ROW;
    if (row == DB_ROW) {
        *ret = (struct run_row){
            sqlite3_column_int64(rows, 0), sqlite3_column_int64(rows, 1),
            sqlite3_column_int64(rows, 2), row_text(rows, 3, arena),
            row_text(rows, 4, arena),      row_text(rows, 5, arena),
            row_text(rows, 6, arena),      row_text(rows, 7, arena),
        };
    }
    db_close_rows(db, rows);
    return row != DB_FAILED;
}
