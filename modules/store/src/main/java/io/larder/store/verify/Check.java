package io.larder.store.verify;

import static io.larder.store.verify.Severity.ERROR;
import static io.larder.store.verify.Severity.NOTE;
import static io.larder.store.verify.Severity.WARNING;

import java.util.Locale;

/// Everything that is looked at, with what it means when it does not fit and what to do about it. `docs/tools.md` has the
/// same rows.
public enum Check {
  // ---- content
  SIZE_DIFFERS(ERROR, "get the file from another storage of the group and compare"),
  CRC_DIFFERS(ERROR, "get the file from another storage of the group and compare"),
  UNREADABLE(ERROR, "look at the system log; copy the disk before it gets worse"),
  METADATA_FORM(WARNING, "set the metadata of the file again, or copy it from another storage"),
  METADATA_WITHOUT_FILE(WARNING, "remove it by hand if no other storage has the file"),
  LINK_LEADS_NOWHERE(WARNING, "restore the file it names from another storage, or remove the link"),
  LINK_LEADS_OUT(WARNING, "use the store paths under the very names they were configured with"),

  // ---- names
  STRANGER(WARNING, "move it out of the store path by hand if nobody needs it there"),
  SLOT_NAME_AS_FILE(WARNING, "move it away: under this name servers look into a trunk file"),
  LEFTOVER(WARNING, "larder verify --repair moves it aside"),
  LEFTOVER_UPLOAD(WARNING, "larder verify --repair moves it aside"),

  // ---- files and the log
  RECORD_WITHOUT_FILE(ERROR, "get the file from another storage of the group"),
  RECORDS_ELSEWHERE(NOTE, "name that store path, too, if it is there"),
  FILE_WITHOUT_RECORD(WARNING, "compare with another storage: without a record it is not copied"),
  FILE_DELETED_BY_RECORD(
      WARNING, "start the node, which ends what it began to delete; else delete it with a client"),

  // ---- identity
  IDENTITY_MISSING(WARNING, "restore data/.data_init_flag, or the storage joins as a new one"),
  IDENTITY_UNREADABLE(ERROR, "restore data/.data_init_flag from a backup"),
  MARK_MISSING(WARNING, "larder verify --repair writes it when everything else agrees"),
  MARK_UNREADABLE(ERROR, "restore the mark; data/.data_init_flag has the same text"),
  MARK_OF_ANOTHER(ERROR, "correct store_pathN: the folder may belong to another storage"),
  STORE_PATH_NOT_GIVEN(NOTE, "name it, too, or give the storage.conf"),
  COUNTERS_UNREADABLE(WARNING, "remove storage_stat.dat: the counters begin at 0 again"),
  PROCESS_ID_LEFT(NOTE, "none is needed"),
  DIRECTORIES_MISSING(WARNING, "make them by hand if the disk is the right one: see docs/tools.md"),
  RECOVERY_UNFINISHED(WARNING, "start the storage that began it: it goes on"),

  // ---- sync binlog
  BINLOG_INDEX(WARNING, "correct binlog_index.dat: current_write is the highest binlog.NNN"),
  BINLOG_FILE_MISSING(WARNING, "restore the file; without it old records cannot be compared"),
  BINLOG_UNREADABLE(ERROR, "restore the file from a backup"),
  BINLOG_TORN(WARNING, "larder verify --repair cuts the torn line off; so does the next start"),
  BINLOG_BROKEN_LINE(WARNING, "set file_sync_skip_invalid_record = true on C storages"),
  SYNC_MARK_UNREADABLE(ERROR, "restore it; a C storage ends itself when it reads this one"),
  SYNC_MARK_POSITION(ERROR, "set the offset back to the beginning of a line, with the node off"),

  // ---- trunk files
  TRUNK_BINLOG_TORN(WARNING, "larder verify --repair cuts the torn line off"),
  TRUNK_BINLOG_BROKEN_LINE(WARNING, "none is needed: the line is passed over"),
  TRUNK_MARK(WARNING, "remove it: the trunk server sends that peer everything again"),
  TRUNK_SNAPSHOT(WARNING, "remove storage_trunk.dat: the binlog is read from its beginning"),
  TRUNK_BLOCKS_TWICE(NOTE, "none is needed: the first counts"),
  TRUNK_BLOCKS_OVERLAP(ERROR, "do not let this storage become trunk server; ask for help"),
  TRUNK_FILE_MISSING(ERROR, "get the trunk file from another storage of the group"),
  TRUNK_FILE_UNKNOWN(NOTE, "none is needed: its space stays unused"),
  SLOT_LOST(ERROR, "get the file from another storage of the group"),
  SLOT_WITHOUT_RECORD(WARNING, "none is needed; the slot stays used"),
  SLOT_HALF_WRITTEN(
      NOTE, "start the node: it keeps the bytes in .larder/aside and clears the slot"),
  SLOT_IN_FREE_SPACE(WARNING, "do not let this storage become trunk server before it is settled"),
  SLOTS_OVERLAP(ERROR, "get the files from another storage of the group and compare"),
  TRUNK_SPACE_LEAKED(NOTE, "none is needed: files that did not arrive yet, or space that is lost"),

  // ---- what Larder keeps for itself
  INTENTS_OPEN(NOTE, "start the node: it finishes them"),
  CHECKPOINT(WARNING, "remove .larder/checkpoint: the next start looks at more of the binlog"),
  PATH_MODES(ERROR, "correct or remove .larder/path-modes: the node does not start with it"),
  TRUNK_LOTS(WARNING, "remove .larder/trunk-lots: the space that it names stays unused");

  private final Severity severity;
  private final String remedy;

  Check(Severity severity, String remedy) {
    this.severity = severity;
    this.remedy = remedy;
  }

  /// How bad it is.
  public Severity severity() {
    return severity;
  }

  /// What to do about it.
  public String remedy() {
    return remedy;
  }

  /// Its name in reports, for example `crc-differs`.
  public String id() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
