package io.larder.store;

import io.netty.buffer.ByteBuf;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CompletableFuture;

/// Jobs of every kind that complete a future, and what a test needs of their outcome.
final class Asked {
  /// An outcome.
  ///
  /// @param status 0 or errno
  /// @param message the cause
  /// @param name logical name of what was stored, empty when nothing was
  record Outcome(int status, String message, String name) {
    static Outcome of(StoreJob job, String name) {
      return new Outcome(job.status(), job.message(), job.ok() ? name : "");
    }
  }

  /// What a query of file info answers.
  record FileAnswer(int status, long size, long timeSeconds, int crc) {}

  /// What a query of metadata answers.
  record Items(int status, String text) {}

  private Asked() {}

  static final class AnUpload extends SmallUpload {
    final CompletableFuture<Outcome> done = new CompletableFuture<>();
    final CompletableFuture<StoredFile> file = new CompletableFuture<>();

    @Override
    protected void completed() {
      if (ok()) {
        file.complete(stored());
      }
      done.complete(Outcome.of(this, ok() ? stored().name().text() : ""));
    }
  }

  static final class ACopy extends CopyToSlot {
    final CompletableFuture<Outcome> done = new CompletableFuture<>();

    @Override
    protected void completed() {
      done.complete(Outcome.of(this, wasThere() ? "was there" : "new"));
    }
  }

  static final class AStreamedUpload extends StreamedUpload {
    final CompletableFuture<Outcome> done = new CompletableFuture<>();
    volatile int resumed;

    @Override
    @SuppressWarnings("NonAtomicVolatileUpdate") // one loop writes
    protected void writable() {
      resumed++;
    }

    @Override
    protected void completed() {
      done.complete(Outcome.of(this, ok() ? stored().name().text() : ""));
    }
  }

  static final class AStreamedChange extends StreamedChange {
    final CompletableFuture<Outcome> done = new CompletableFuture<>();

    @Override
    protected void writable() {}

    @Override
    protected void completed() {
      done.complete(Outcome.of(this, ""));
    }
  }

  static final class AChange extends SmallChange {
    final CompletableFuture<Outcome> done = new CompletableFuture<>();

    @Override
    protected void completed() {
      done.complete(Outcome.of(this, ""));
    }
  }

  static final class ATruncate extends Truncate {
    final CompletableFuture<Outcome> done = new CompletableFuture<>();

    @Override
    protected void completed() {
      done.complete(Outcome.of(this, ""));
    }
  }

  static final class ADelete extends Delete {
    final CompletableFuture<Outcome> done = new CompletableFuture<>();

    @Override
    protected void completed() {
      done.complete(Outcome.of(this, ""));
    }
  }

  static final class ARegenerate extends Regenerate {
    final CompletableFuture<Outcome> done = new CompletableFuture<>();

    @Override
    protected void completed() {
      done.complete(Outcome.of(this, ok() ? stored().name().text() : ""));
    }
  }

  static final class ALink extends CreateLink {
    final CompletableFuture<Outcome> done = new CompletableFuture<>();

    @Override
    protected void completed() {
      done.complete(Outcome.of(this, ok() ? stored().name().text() : ""));
    }
  }

  static final class ASetMetadata extends SetMetadata {
    final CompletableFuture<Outcome> done = new CompletableFuture<>();

    @Override
    protected void completed() {
      done.complete(Outcome.of(this, ""));
    }
  }

  static final class AGetMetadata extends GetMetadata {
    final CompletableFuture<Items> done = new CompletableFuture<>();

    @Override
    protected void completed() {
      if (!ok()) {
        done.complete(new Items(status(), ""));
        return;
      }
      ByteBuf items = takeItems();
      done.complete(new Items(0, items.toString(StandardCharsets.ISO_8859_1)));
      items.release();
    }
  }

  static final class AnInfo extends QueryFileInfo {
    final CompletableFuture<FileAnswer> done = new CompletableFuture<>();

    @Override
    protected void completed() {
      done.complete(new FileAnswer(status(), size(), timeSeconds(), crc()));
    }
  }

  static final class AFile extends OpenFile {
    CompletableFuture<Integer> opened = new CompletableFuture<>();
    CompletableFuture<Integer> read = new CompletableFuture<>();

    @Override
    protected void opened(int status, String message) {
      opened.complete(status);
    }

    @Override
    protected void readDone(int result, String message) {
      read.complete(result);
    }
  }
}
