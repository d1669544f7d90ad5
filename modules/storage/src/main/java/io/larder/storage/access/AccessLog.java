package io.larder.storage.access;

import io.larder.platform.Disk;
import io.larder.platform.Errno;
import io.larder.platform.OpenFlags;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.LongAdder;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Collects entries from all event loops and writes them to the log file in batches on a worker thread.
///
/// The queue is bounded: a disk that does not keep up costs lines, which are counted, and never a request. Any thread
/// may add, from the moment it is made; it is written while it is deployed.
public final class AccessLog extends VerticleBase {
  private static final Logger LOGGER = LoggerFactory.getLogger(AccessLog.class);

  /// Entries that wait for the disk; beyond that they are dropped.
  static final int QUEUE_MAX = 100_000;

  private static final String FILE = "logs/storage_access.log";
  private static final int FILE_MODE = 0b110_100_100;
  private static final int DIRECTORY_MODE = 0b111_101_101;

  private final Disk disk;
  private final Path basePath;
  private final AccessLine line;
  private final long flushMillis;
  private final ConcurrentLinkedQueue<AccessEntry> queue = new ConcurrentLinkedQueue<>();
  private final AtomicInteger queued = new AtomicInteger();
  private final AtomicBoolean writing = new AtomicBoolean();
  private final LongAdder dropped = new LongAdder();

  /// @param basePath the folder whose `logs` the file is in
  /// @param flushMillis the longest time an entry waits in memory
  public AccessLog(Disk disk, Path basePath, AccessLine line, long flushMillis) {
    this.disk = disk;
    this.basePath = basePath;
    this.line = line;
    this.flushMillis = Math.max(1, flushMillis);
  }

  @Override
  public Future<?> start() {
    vertx.setPeriodic(flushMillis, fired -> flush());
    return Future.succeededFuture();
  }

  /// Writes the rest.
  @Override
  public Future<?> stop() {
    return vertx.executeBlocking(this::write).onFailure(this::say);
  }

  /// Adds an entry; it is written a little later.
  public void add(AccessEntry entry) {
    if (queued.incrementAndGet() > QUEUE_MAX) {
      queued.decrementAndGet();
      dropped.increment();
      return;
    }
    queue.add(entry);
  }

  /// Lines lost because the disk did not keep up or failed.
  public long dropped() {
    return dropped.sum();
  }

  private void flush() {
    if (!queue.isEmpty() && writing.compareAndSet(false, true)) {
      vertx
          .executeBlocking(this::write)
          .onComplete(done -> writing.set(false))
          .onFailure(this::say);
    }
  }

  private void say(Throwable fault) {
    LOGGER.warn("the access log cannot be written: {}", fault.getMessage());
  }

  /// Answers how many lines were written.
  private int write() {
    if (queue.isEmpty()) {
      return 0;
    }
    StringBuilder text = new StringBuilder(4096);
    int lines = 0;
    for (AccessEntry entry = queue.poll(); entry != null; entry = queue.poll()) {
      queued.decrementAndGet();
      line.append(entry, text);
      lines++;
    }
    int base = disk.openDirectory(basePath);
    int result = base;
    if (base >= 0) {
      result = append(base, text.toString());
      disk.close(base);
    }
    if (result < 0) {
      dropped.add(lines);
      throw new IllegalStateException(basePath + "/" + FILE + ": " + Errno.text(-result));
    }
    return lines;
  }

  private int append(int base, String lines) {
    int flags = OpenFlags.WRITE | OpenFlags.APPEND;
    int file = disk.open(base, FILE, flags, 0);
    String text = lines;
    if (file == -Errno.ENOENT) {
      disk.makeDirectory(base, "logs", DIRECTORY_MODE);
      file = disk.open(base, FILE, flags | OpenFlags.CREATE, FILE_MODE);
      text = line.header() + lines;
    }
    if (file < 0) {
      return file;
    }
    ByteBuf bytes = Unpooled.copiedBuffer(text, StandardCharsets.ISO_8859_1);
    int result = 0;
    while (bytes.isReadable() && result >= 0) {
      result = disk.append(file, bytes, bytes.readerIndex(), bytes.readableBytes());
      if (result == 0) {
        result = -Errno.EIO;
      }
      bytes.skipBytes(Math.max(0, result));
    }
    disk.close(file);
    return result;
  }
}
