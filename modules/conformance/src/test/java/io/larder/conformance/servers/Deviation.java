package io.larder.conformance.servers;

import static io.larder.conformance.servers.Outcome.DONE;
import static io.larder.conformance.servers.Outcome.ECHO;
import static io.larder.conformance.servers.Outcome.HANG_UP;
import static io.larder.conformance.servers.Outcome.INVALID;
import static io.larder.conformance.servers.Outcome.NOT_SENT;
import static io.larder.conformance.servers.Outcome.refused;
import static io.larder.conformance.servers.Outcome.refusedAndClosed;

import io.larder.conformance.wire.Status;

/// Where a client can see that Larder is not FastDFS 6.16.1: the row of `docs/compatibility.md` that says why, what FastDFS
/// answers, what Larder answers. Everything else these suites ask has one right answer for both.
@SuppressWarnings("ImmutableEnumChecker") // records of constants
public enum Deviation {
  EMPTY_FILE_DOWNLOAD("download of an empty file", INVALID, DONE),
  CHANGE_OF_NOTHING("append or modify of 0 bytes, truncate to the present size", ECHO, DONE),
  BYTES_AFTER_TRUNCATE("truncate (36) with bytes after the name", DONE, INVALID),
  SHORT_SLAVE_CRC(
      "CRC in the file info of a slave whose name has at most 44 characters",
      DONE.with("the master's CRC"),
      DONE.with("the CRC of the content")),
  LINK_NAME_CHARACTERS("prefix and extension of links (20)", DONE, INVALID),
  LONG_LINK_NAME("link (20) whose own name has more than 127 characters", DONE, INVALID),
  METADATA_OF_LONG_NAMES(
      "metadata of a file whose name has 126 or 127 characters",
      DONE,
      refused(Status.ENAMETOOLONG)),
  METADATA_WITHOUT_SEPARATOR(
      "metadata without any separator between name and value",
      DONE.with("kept as it was sent"),
      DONE.with("nothing is kept")),
  NAME_OF_A_DIRECTORY(
      "names `.` and `..` in a directory, names with a NUL", refused(Status.EISDIR), INVALID),
  PACKED_METADATA(
      "metadata that becomes shorter when it is packed",
      DONE.with("the end of the request stays behind the packed bytes"),
      DONE.with("only the packed bytes")),
  PIPELINING(
      "requests sent without waiting (pipelining)",
      DONE.with("the second request is not answered"),
      DONE.with("answered in order")),
  LONG_REFUSED_BODY(
      "long body refused before its end (no space, no master, ...)",
      refusedAndClosed(Status.ENOENT).with("answers to what it takes for requests in the body"),
      refusedAndClosed(Status.ENOENT).with("nothing more, or served on if all of it had come")),
  UNASKED_SYNC("commands 79 and 88 before a join", NOT_SENT, refused(Status.EACCES)),
  HUGE_LENGTH("declared length of 2^31 and more", DONE, HANG_UP),
  STALE_TEXT(
      "stale bytes after the NUL of texts (96 to 98)",
      DONE.with("whatever was there"),
      DONE.with("zeros")),
  TRACKER_VERSION("version in tracker lists (96)", DONE.with("6.16.1"), DONE.with("begins with L"));

  private final String row;
  private final Outcome inFastdfs;
  private final Outcome inLarder;

  Deviation(String row, Outcome inFastdfs, Outcome inLarder) {
    this.row = row;
    this.inFastdfs = inFastdfs;
    this.inLarder = inLarder;
  }

  /// The first cell of the row in `docs/compatibility.md`.
  public String row() {
    return row;
  }

  /// What FastDFS answers.
  public Outcome inFastdfs() {
    return inFastdfs;
  }

  /// What Larder answers.
  public Outcome inLarder() {
    return inLarder;
  }
}
