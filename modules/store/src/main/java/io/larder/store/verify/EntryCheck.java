package io.larder.store.verify;

import io.larder.platform.DiskException;
import io.larder.platform.Errno;
import io.larder.platform.FileStatus;
import io.larder.protocol.disk.DataLayout;
import io.larder.protocol.disk.Metadata;
import io.larder.protocol.fileid.FileFacts;
import io.larder.protocol.fileid.LogicalName;
import io.larder.store.names.NameState;
import io.larder.store.scrub.ContentReader;
import io.larder.store.scrub.ContentRule;
import io.larder.store.scrub.ContentRule.Answer;
import io.larder.store.scrub.ContentRule.Found;
import io.larder.store.scrub.NameKind;
import java.util.Collections;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;

/// Checks one entry of a directory that is no trunk file: what its name says against what is there and what the log says.
/// One thread.
final class EntryCheck {
  private static final String RECOVERY_SUFFIX = ".recovery.tmp";
  private static final int METADATA_BYTES_MAX = 1 << 20;

  private final StoreContext store;
  private final ContentReader reader;
  private final LinkCheck links;
  private final FileStatus status = new FileStatus();

  EntryCheck(StoreContext store, ContentReader reader) {
    this.store = store;
    this.reader = reader;
    links = new LinkCheck(store);
  }

  /// Checks an entry.
  ///
  /// @param directory `HH/LL`
  /// @param names all file names of the directory, sorted
  /// @param at which one
  /// @param logged what the log says of it
  void check(String directory, List<String> names, int at, NameState logged) {
    String fileName = names.get(at);
    String relative = directory + "/" + fileName;
    int looked = store.disk().status(store.data().handle(), relative, false, status);
    if (looked == -Errno.ENOENT) {
      return; // gone since the directory was listed; nothing runs here, but nothing forbids it
      // either
    }
    try {
      DiskException.check(looked, "look at it");
      store.inspection().progress().file();
      NameKind kind = NameKind.of(fileName);
      if (isStranger(kind, relative, logged)) {
        return;
      }
      LogicalName name = LogicalName.parse(store.prefix() + "/" + relative);
      if (status.isLink()) {
        links.check(relative, name);
        againstLog(relative, logged);
      } else if (!regular(kind, directory, names, at, name, logged)) {
        againstLog(relative, logged);
      }
    } catch (DiskException e) {
      store.find(Check.UNREADABLE, relative, String.valueOf(e.getMessage()));
    }
  }

  private boolean isStranger(NameKind kind, String relative, NameState logged) {
    if (relative.endsWith(RECOVERY_SUFFIX) && logged == NameState.NONE) {
      store.find(Check.LEFTOVER, relative, "was left by a disk recovery");
      if (!store.isRecovering() && store.log().whole()) {
        store.inspection().repairs().offer(new Repair.MoveAside(store.data(), relative));
      }
    } else if (kind == NameKind.FOREIGN) {
      store.find(Check.STRANGER, relative, "has no name of a file, slave or metadata");
    } else if (!status.isRegular() && !status.isLink()) {
      store.find(Check.STRANGER, relative, "is neither a file nor a symbolic link");
    } else if (kind == NameKind.TRUNK_SLOT) {
      store.find(Check.SLOT_NAME_AS_FILE, relative, "has the name of a file in a trunk file");
    } else {
      return false;
    }
    return true;
  }

  /// @return whether all is said about the file that there is to say
  private boolean regular(
      NameKind kind,
      String directory,
      List<String> names,
      int at,
      LogicalName name,
      NameState logged)
      throws DiskException {
    if (kind == NameKind.METADATA) {
      metadata(directory, names, at);
    }
    List<String> relatives = kind == NameKind.PLAIN ? ContentRule.relatives(names, at) : List.of();
    Answer answer =
        ContentRule.of(name, new Found.Regular(status.size()), relatives, logged.logged());
    return switch (answer) {
      case Answer.Nothing(ContentRule.Reason reason) -> {
        store.inspection().compared().notAtAll(reason);
        yield false;
      }
      case Answer.CompareSize(long size) -> {
        store.inspection().compared().bySize();
        yield status.size() != size && sizeDiffers(name.trueName(), size, logged);
      }
      case Answer.CompareCrc expected -> compare(name.trueName(), expected, logged);
    };
  }

  private boolean compare(String relative, Answer.CompareCrc expected, NameState logged)
      throws DiskException {
    boolean differs = status.size() != expected.size();
    boolean sizesOnly = store.inspection().plan().options().sizesOnly();
    if (sizesOnly || (differs && !isNobodys(logged))) {
      store.inspection().compared().bySize();
      return differs && sizeDiffers(relative, expected.size(), logged);
    }
    ContentReader.Sum sum =
        reader.sum(store.data().handle(), relative, store.data().path(relative));
    store.inspection().compared().byCrc();
    boolean sizeFits = sum.size() == expected.size();
    boolean crcFits = sum.crc32() == expected.crc32();
    if (sizeFits && crcFits) {
      return false;
    }
    if (isNobodys(logged)) {
      leftover(relative, expected, sum);
      return true;
    }
    store.find(
        Check.CRC_DIFFERS,
        relative,
        "CRC32 of the content is " + hex(sum.crc32()) + ", the name says " + hex(expected.crc32()));
    return false;
  }

  private boolean sizeDiffers(String relative, long named, NameState logged) {
    if (isNobodys(logged)) {
      store.find(
          Check.LEFTOVER_UPLOAD,
          relative,
          status.size() + " bytes, the name says " + named + ", and no record has it");
      return true;
    }
    store.find(
        Check.SIZE_DIFFERS,
        relative,
        "has " + status.size() + " bytes, the name says " + named + " (or it is a slave)");
    return false;
  }

  private boolean isNobodys(NameState logged) {
    return logged == NameState.NONE && store.log().complete();
  }

  /// A name of this storage that the whole log does not have and that fits neither size nor CRC was given at the beginning
  /// of an upload that was cut off.
  private void leftover(String relative, Answer.CompareCrc expected, ContentReader.Sum sum) {
    boolean fitsNothing = sum.size() != expected.size() && sum.crc32() != expected.crc32();
    LogicalName name = LogicalName.parse(store.prefix() + "/" + relative);
    boolean certain = fitsNothing && FileFacts.of(name).filter(store.log()::isNobodys).isPresent();
    store.find(
        Check.LEFTOVER_UPLOAD,
        relative,
        sum.size()
            + " bytes with CRC32 "
            + hex(sum.crc32())
            + ", the name says "
            + expected.size()
            + " and "
            + hex(expected.crc32())
            + ", and no record has it"
            + (certain ? "" : "; it is not certain, so it stays"));
    if (certain) {
      store.inspection().repairs().offer(new Repair.MoveAside(store.data(), relative));
    }
  }

  // ---- metadata

  private void metadata(String directory, List<String> names, int at) throws DiskException {
    String fileName = names.get(at);
    String relative = directory + "/" + fileName;
    String file = fileName.substring(0, fileName.length() - DataLayout.METADATA_SUFFIX.length());
    boolean hasFile =
        Collections.binarySearch(names, file) >= 0
            || (NameKind.of(file) == NameKind.TRUNK_SLOT
                && store.exists(LogicalName.parse(store.prefix() + "/" + directory + "/" + file)));
    if (!hasFile) {
      store.find(Check.METADATA_WITHOUT_FILE, relative, "its file is not there");
    }
    String text =
        reader.text(
            store.data().handle(), relative, store.data().path(relative), METADATA_BYTES_MAX);
    metadataFault(text).ifPresent(fault -> store.find(Check.METADATA_FORM, relative, fault));
  }

  private Optional<String> metadataFault(String text) {
    if (text.isEmpty()) {
      return Optional.of("is empty");
    }
    boolean readWhole = text.length() == status.size();
    return readWhole && !Metadata.parse(text).text().equals(text)
        ? Optional.of("is not of the form that is written: sorted pairs of name and value")
        : Optional.empty();
  }

  // ---- the log

  private void againstLog(String relative, NameState logged) {
    if (logged.isThere()) {
      store.match();
    } else if (logged == NameState.GONE) {
      store.find(Check.FILE_DELETED_BY_RECORD, relative, "the log says that it was deleted");
    } else if (store.log().complete()) {
      store.find(Check.FILE_WITHOUT_RECORD, relative, "the log does not know it");
    }
  }

  static String hex(int crc) {
    return HexFormat.of().toHexDigits(crc);
  }
}
