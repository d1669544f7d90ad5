package io.larder.store;

import static java.util.Objects.requireNonNull;

import io.larder.platform.OpenFlags;
import io.larder.protocol.disk.BinlogRecord;
import io.larder.protocol.fileid.Extension;
import io.larder.protocol.fileid.FileFacts;
import io.larder.protocol.fileid.LogicalName;
import io.larder.protocol.fileid.NewName;
import io.larder.store.DuplicateClaim.Answer;
import io.larder.store.DuplicateClaim.LinkTo;
import io.larder.store.DuplicateClaim.Make;
import io.larder.store.duplicate.Signature;
import io.netty.buffer.ByteBuf;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import org.jspecify.annotations.Nullable;

/// The part of an upload that finds out whether its content is there already, and makes the link that the client gets.
///
/// ```
///   begin: hash the content --ask--> plain:   the upload goes on as if nobody had asked
///                                    make:    the content is stored under a hidden name, and a link to it
///                                    link to: a link to what is there, nothing is stored
/// ```
///
/// Source and link of *make* are recorded by one append, the source first. Whatever goes wrong with the link before
/// that, the upload becomes a plain one. Reusable; belongs to the job.
final class DuplicateWork {
  private static final String HASH = "SHA-256";

  private final StoreJob job;
  private final FileLook look = new FileLook();
  private final FreshLink link = new FreshLink();
  private @Nullable MessageDigest digest;
  private @Nullable DuplicateClaim claim;
  private @Nullable LogicalName source;
  private @Nullable UploadHead head;
  private int contentCrc;
  private boolean hashing;
  private boolean gone;
  private boolean counted;

  DuplicateWork(StoreJob job) {
    this.job = job;
  }

  /// Forgets the last upload.
  ///
  /// @param what the next one
  void reset(UploadHead what) {
    head = what;
    link.reset();
    claim = null;
    source = null;
    hashing = false;
    gone = false;
    counted = false;
  }

  // ---- hashing and asking

  /// Begins to hash, if duplicates of this upload are looked for.
  ///
  /// @param size bytes of content; negative when they are not known
  /// @return whether they are
  boolean begin(PathThread on, long size) {
    Store store = on.path().store();
    boolean wanted =
        head instanceof UploadHead.NewFile file
            && !file.appender()
            && size != 0
            && isWorthIt(store.trunk(), size)
            && store.duplicates().asks();
    hashing = wanted;
    if (wanted) {
      hash().reset();
    }
    return wanted;
  }

  /// A file whose slot would be no larger than that of a link costs less if it is stored as often as it comes.
  private static boolean isWorthIt(TrunkEngine trunk, long size) {
    return size < 0
        || !trunk.fits(size)
        || trunk.slotSize(size) > trunk.slotSize(FileFacts.TRUNK_LENGTH);
  }

  private MessageDigest hash() {
    MessageDigest own = digest;
    if (own == null) {
      try {
        own = MessageDigest.getInstance(HASH);
      } catch (NoSuchAlgorithmException e) {
        throw new IllegalStateException(e); // every Java has it
      }
      digest = own;
    }
    return own;
  }

  /// Takes in the next bytes.
  void add(ByteBuf bytes) {
    if (hashing) {
      for (ByteBuffer piece : bytes.nioBuffers(bytes.readerIndex(), bytes.readableBytes())) {
        hash().update(piece);
      }
    }
  }

  /// Whether the content is whole and the index is to be asked; then [#ask] must follow when the thread lets go of the job.
  boolean mustAsk(PathThread on, long size) {
    if (!hashing) {
      return false;
    }
    hashing = false;
    if (size == 0) {
      return false;
    }
    Signature signature = Signature.of(size, hash().digest());
    claim = on.path().store().duplicates().claim(signature, job, on);
    return true;
  }

  /// Hands the job to the index, or back to where it came from. The last that its thread does with it.
  void ask(PathThread on) {
    on.path().store().duplicates().ask(requireNonNull(claim));
  }

  private @Nullable Answer answer() {
    DuplicateClaim asked = claim;
    return asked == null ? null : asked.answer();
  }

  /// Whether the content is to be stored as a source.
  boolean makes() {
    return answer() instanceof Make && !gone;
  }

  /// Whether only a link is to be made.
  boolean links() {
    return answer() instanceof LinkTo;
  }

  // ---- a link to what is there

  /// Makes the link.
  ///
  /// @param crc CRC32 of the content, to be told
  /// @return [Progress#ASKED] when the source is not what it should be: the upload starts anew as a plain one
  Progress link(PathThread on, int crc) {
    contentCrc = crc;
    LogicalName there = ((LinkTo) requireNonNull(answer())).source();
    DuplicateClaim asked = requireNonNull(claim);
    int found = look.at(on.path(), there, on.scratch());
    boolean same = found == 0 && look.isRegular() && look.size() == asked.signature().size();
    if (!same) {
      on.path().store().duplicates().lost(asked, there, found);
      return again(on);
    }
    source = there;
    if (look.slot().isPresent()) {
      if (!link.takeSlot(on, there.text().length()) || link.write(there) < 0) {
        return again(on);
      }
      if (job.durability() != Durability.NONE) {
        return Progress.STAGED;
      }
    }
    return Progress.DONE;
  }

  /// Lets go of the source and goes on as a plain upload, on the thread that it came from.
  private Progress again(PathThread on) {
    link.close();
    source = null;
    DuplicateClaim old = requireNonNull(claim);
    on.path().store().duplicates().settled(old, false, null);
    DuplicateClaim plain = on.path().store().duplicates().plain(old);
    claim = plain;
    return Progress.ASKED;
  }

  /// Gives the link to what is there its name.
  ///
  /// @return `null` when the job has failed
  @Nullable StoredFile sealLink(PathWorker on) {
    LogicalName there = requireNonNull(source);
    long size = requireNonNull(claim).signature().size();
    int result = link.seal(on, there, size, extension(), NewName.Directory.of(there));
    if (result < 0) {
      job.failed(result, "link to", there);
      return null;
    }
    return recorded(on, there, contentCrc);
  }

  private Extension extension() {
    return requireNonNull(head).extension();
  }

  private StoredFile recorded(PathWorker on, LogicalName there, int crc) {
    on.log().add(link.timeSeconds(), new BinlogRecord.Link(link.name().text(), there.text()));
    long size = requireNonNull(claim).signature().size();
    return new StoredFile(link.name(), size, link.timeSeconds(), crc);
  }

  // ---- a new source and its link

  /// Prepares the link to a source in a slot, which needs a slot, too.
  ///
  /// @param name of the source; its header is not written yet
  /// @return whether that worked; else the upload is a plain one from now on
  boolean prepareSlot(PathThread on, LogicalName name) {
    if (link.takeSlot(on, name.text().length()) && link.write(name) == 0) {
      source = name;
      return true;
    }
    link.close();
    giveUp(on);
    return false;
  }

  /// The name that was prepared.
  @Nullable LogicalName preparedSource() {
    return source;
  }

  /// Gives the link to a new source its name and records both.
  ///
  /// @param name of the source, which is there
  /// @param time of the source
  /// @return `null` when there is no link; the caller takes the source back
  @Nullable StoredFile sealTwin(PathWorker on, LogicalName name, long time, int crc) {
    long size = requireNonNull(claim).signature().size();
    if (link.seal(on, name, size, extension(), NewName.Directory.of(name)) < 0) {
      return null;
    }
    source = name;
    on.log().add(time, new BinlogRecord.Create(name.text()));
    return recorded(on, name, crc);
  }

  /// Stores plainly what was to become a source.
  void giveUp(PathWorker on) {
    gone = true;
    source = null;
    on.path().store().duplicates().settled(requireNonNull(claim), false, null);
  }

  // ---- the end

  /// Makes durable by calls of its own what is there: the link, and the source that another upload made.
  ///
  /// @return 0 or a negated [io.larder.platform.Errno]
  int syncAlone(PathWorker on) {
    int result = link.syncAlone(on);
    LogicalName there = source;
    return result < 0 || there == null || !links() ? result : syncSource(on.path(), there);
  }

  private int syncSource(StorePath path, LogicalName name) {
    String file = look.slot().map(slot -> slot.file().name()).orElseGet(name::trueName);
    int handle = path.disk().open(path.handle(), file, OpenFlags.READ | OpenFlags.WRITE, 0);
    if (handle < 0) {
      return handle;
    }
    int result = path.disk().sync(handle);
    path.disk().close(handle);
    return result < 0 ? result : path.syncDirectoryOf(name.trueName());
  }

  /// Takes the link back.
  void undo(PathWorker on) {
    link.undo(on);
  }

  /// Lets go of everything; the upload is over. Once.
  void settled(PathWorker on) {
    link.close();
    DuplicateClaim asked = claim;
    if (asked != null && !gone && !counted) {
      counted = true;
      LogicalName there = source;
      on.path().store().duplicates().settled(asked, job.ok(), there == null ? null : there.text());
    }
  }
}
