package io.larder.http.upload;

import io.larder.http.problem.Problem;
import io.larder.protocol.MalformedException;
import io.larder.protocol.fileid.Extension;
import io.larder.protocol.fileid.FileId;
import io.netty.buffer.ByteBuf;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// The files of one request: all of them are stored, or none.
///
/// ```
///   RECEIVING --complete--> STORING --all stored--> DESCRIBING --> done(files)
///       \----------fail, or a refusal-----------> UNDOING: what is stored is deleted --> failed(problem)
/// ```
///
/// Files are stored while the next ones arrive, a bounded number at a time. Fields of the form become metadata of every
/// file, wherever in the form they stand, so they are written when all files are there. A process that dies in between
/// leaves whole files without metadata that nobody was told of.
///
/// Owner: the verticle's event loop.
final class Batch {
  /// A file of the request.
  ///
  /// @param filename as the client calls it
  /// @param stored what it has become
  record Entry(String filename, Intake.Stored stored) {}

  /// What becomes of the request; exactly one of `done` and `failed`, once.
  interface Listener {
    /// More bytes are welcome, after [Batch#isWelcome] had said no.
    void welcome();

    /// All files are stored.
    void done(List<Entry> files);

    /// None of the files is stored.
    void failed(Problem why);
  }

  private static final int UNDER_WAY_MAX = 16;

  private final Destination destination;
  private final int filesMax;
  private final Listener listener;
  private final List<Slot> slots = new ArrayList<>();
  private final Map<String, String> metadata = new LinkedHashMap<>();
  private @Nullable Slot open;
  private @Nullable Problem failure;
  private boolean whole;
  private boolean ending;
  private int underWay;

  Batch(Destination destination, int filesMax, Listener listener) {
    this.destination = destination;
    this.filesMax = filesMax;
    this.listener = listener;
  }

  /// Begins the next file.
  ///
  /// @throws MalformedException when there are too many
  void begin(String filename, Extension extension, long length) {
    if (slots.size() == filesMax) {
      throw new MalformedException(
          "upload: more than " + filesMax + " files ([http] max_form_files)");
    }
    Slot slot = new Slot(filename);
    slots.add(slot);
    open = slot;
    underWay++;
    slot.intake = destination.begin(extension, length, slot);
  }

  /// Gives bytes of the file that was begun; they are taken.
  void offer(ByteBuf bytes) {
    Slot slot = open;
    if (slot == null || failure != null) {
      bytes.release();
    } else if (slot.intake != null) {
      slot.welcome = slot.intake.offer(bytes);
    }
  }

  /// The file that was begun is whole.
  void end() {
    Slot slot = open;
    open = null;
    if (slot != null && slot.intake != null && failure == null) {
      slot.intake.finish();
    }
  }

  /// Adds a piece of metadata for all files; of several with one name the last counts.
  void describe(String name, String value) {
    metadata.put(name, value);
  }

  /// Number of files begun.
  int size() {
    return slots.size();
  }

  /// Whether more bytes are welcome now.
  boolean isWelcome() {
    Slot slot = open;
    return failure != null || (underWay < UNDER_WAY_MAX && (slot == null || slot.welcome));
  }

  /// All files have been given.
  void complete() {
    whole = true;
    proceed();
  }

  /// The request cannot be carried out.
  void fail(Problem why) {
    if (failure != null || ending) {
      return;
    }
    failure = why;
    Slot slot = open;
    open = null;
    if (slot != null && slot.intake != null && !slot.ended) {
      slot.intake.abort();
    }
    proceed();
  }

  private void proceed() {
    if (underWay > 0 || ending || !(whole || failure != null)) {
      return;
    }
    ending = true;
    if (failure != null) {
      undo(0, failure);
    } else {
      describe(0);
    }
  }

  private void describe(int at) {
    if (metadata.isEmpty() || at == slots.size()) {
      listener.done(slots.stream().map(Slot::entry).toList());
      return;
    }
    destination.describe(
        slots.get(at).id(),
        metadata,
        fault -> fault.ifPresentOrElse(why -> undo(0, why), () -> describe(at + 1)));
  }

  /// Deletes what is stored. A deletion that fails leaves a file that nobody was told of; the client hears of the
  /// first cause.
  private void undo(int at, Problem why) {
    int next = at;
    while (next < slots.size() && slots.get(next).stored == null) {
      next++;
    }
    if (next == slots.size()) {
      listener.failed(why);
      return;
    }
    int following = next + 1;
    destination.delete(slots.get(next).id(), (Optional<Problem> fault) -> undo(following, why));
  }

  /// One file of the batch.
  private final class Slot implements Intake.Listener {
    private final String filename;
    private @Nullable Intake intake;
    private Intake.@Nullable Stored stored;
    private boolean welcome = true;
    private boolean ended;

    private Slot(String filename) {
      this.filename = filename;
    }

    @Override
    public void welcome() {
      welcome = true;
      listener.welcome();
    }

    @Override
    public void stored(Intake.Stored file) {
      stored = file;
      ended();
    }

    @Override
    public void refused(Problem why) {
      ended = true;
      fail(why);
      ended();
    }

    private void ended() {
      ended = true;
      underWay--;
      proceed();
      if (!ending) {
        listener.welcome();
      }
    }

    private FileId id() {
      return existing().id();
    }

    private Entry entry() {
      return new Entry(filename, existing());
    }

    private Intake.Stored existing() {
      Intake.Stored file = stored;
      if (file == null) {
        throw new IllegalStateException("not stored: " + filename);
      }
      return file;
    }
  }
}
