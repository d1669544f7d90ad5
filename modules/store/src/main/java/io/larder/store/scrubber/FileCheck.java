package io.larder.store.scrubber;

import io.larder.platform.Disk;
import io.larder.platform.DiskException;
import io.larder.platform.Errno;
import io.larder.platform.FileStatus;
import io.larder.protocol.disk.Metadata;
import io.larder.protocol.fileid.LogicalName;
import io.larder.store.scrub.ContentReader;
import io.larder.store.scrub.ContentRule;
import io.larder.store.scrub.ContentRule.Answer;
import io.larder.store.scrub.ContentRule.Found;
import io.larder.store.scrub.ContentRule.Logged;
import io.larder.store.scrub.NameKind;
import java.util.Collection;
import java.util.Optional;

/// Reads one file of its own and says what is wrong with it. Files of which nothing can be said are read all the same,
/// because a disk that cannot give them back should be known. One thread.
final class FileCheck {
  private static final int METADATA_BYTES_MAX = 1 << 20;

  private final ScrubbedPath path;
  private final Disk disk;
  private final ContentReader reader;
  private final FileStatus status = new FileStatus();

  FileCheck(ScrubbedPath path, ContentReader reader) {
    this.path = path;
    this.reader = reader;
    disk = path.disk();
  }

  /// Checks a file.
  ///
  /// @param name its logical name
  /// @param relatives file names of its directory that share its coded part
  /// @return empty when nothing is wrong, when it is a link, when it is gone, and when it changed meanwhile
  Optional<Wrong> check(LogicalName name, Collection<String> relatives) {
    String relative = name.trueName();
    int looked = disk.status(path.handle(), relative, false, status);
    if (looked < 0) {
      return unreadable(-looked);
    }
    if (!status.isRegular()) {
      return Optional.empty();
    }
    Found found = new Found.Regular(status.size());
    try {
      return switch (ContentRule.of(name, found, relatives, Logged.UNKNOWN)) {
        case Answer.Nothing(ContentRule.Reason reason) -> readable(relative, reason);
        case Answer.CompareSize(long size) -> compareSize(size);
        case Answer.CompareCrc(long size, int crc) ->
            size == status.size() ? compare(relative, crc) : compareSize(size);
      };
    } catch (DiskException e) {
      return unreadable(e.errno());
    }
  }

  /// What is deleted between two looks is not missing.
  private static Optional<Wrong> unreadable(int errno) {
    return errno == Errno.ENOENT ? Optional.empty() : Optional.of(Wrong.unreadable(errno));
  }

  private Optional<Wrong> compareSize(long size) {
    return size == status.size() ? Optional.empty() : Optional.of(Wrong.size(status.size()));
  }

  private Optional<Wrong> compare(String relative, int crc) throws DiskException {
    long size = status.size();
    long time = status.timeSeconds();
    ContentReader.Sum sum = reader.sum(path.handle(), relative, path.shown(relative));
    if (sum.size() == size && sum.crc32() == crc) {
      return Optional.empty();
    }
    int looked = disk.status(path.handle(), relative, false, status);
    if (looked < 0) {
      return unreadable(-looked);
    }
    boolean changed = !status.isRegular() || status.size() != size || status.timeSeconds() != time;
    return changed ? Optional.empty() : Optional.of(Wrong.crc(sum.crc32()));
  }

  private Optional<Wrong> readable(String relative, ContentRule.Reason reason)
      throws DiskException {
    if (reason == ContentRule.Reason.METADATA) {
      return metadata(relative);
    }
    reader.sum(path.handle(), relative, path.shown(relative));
    return Optional.empty();
  }

  private Optional<Wrong> metadata(String relative) throws DiskException {
    String text = reader.text(path.handle(), relative, path.shown(relative), METADATA_BYTES_MAX);
    boolean cut = text.length() == METADATA_BYTES_MAX;
    boolean right = !text.isEmpty() && Metadata.parse(text).text().equals(text);
    return cut || right ? Optional.empty() : Optional.of(Wrong.metadata());
  }

  static boolean isRead(NameKind kind) {
    return kind != NameKind.FOREIGN && kind != NameKind.TRUNK_SLOT;
  }
}
