package io.larder.store.scrub;

import io.larder.platform.Disk;
import io.larder.platform.DiskException;
import io.larder.platform.MemoryDisk;
import io.larder.platform.OpenFlags;
import io.larder.protocol.disk.TrunkSlotHeader;
import io.larder.protocol.fileid.Extension;
import io.larder.protocol.fileid.FileFacts;
import io.larder.protocol.fileid.LogicalName;
import io.larder.protocol.fileid.NewName;
import io.larder.protocol.fileid.Source;
import io.larder.protocol.fileid.TrunkPlace;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.zip.CRC32;

/// A trunk file that a test writes slot by slot, and what a walk over it tells.
final class TrunkImage implements SlotWalk.Visitor {
  private static final Path FOLDER = Path.of("/trunk");

  private final byte[] bytes;
  private final List<SlotWalk.Claim> claims = new ArrayList<>();
  private final List<Span> free = new ArrayList<>();
  private final List<String> told = new ArrayList<>();

  TrunkImage(int size) {
    bytes = new byte[size];
  }

  /// Writes a slot with a file.
  LogicalName slot(int offset, int slotSize, byte[] content) {
    CRC32 crc = new CRC32();
    crc.update(content);
    LogicalName name =
        new NewName(
                new NewName.Directory(0, 0, 0),
                Source.ofIpv4("10.0.0.2"),
                1_795_333_466,
                (int) crc.getValue(),
                Extension.of("txt"),
                offset)
            .trunk(content.length, new TrunkPlace(1, offset, slotSize));
    header(offset, TrunkSlotHeader.of(name, FileFacts.of(name).orElseThrow(), 'F'));
    System.arraycopy(content, 0, bytes, offset + TrunkSlotHeader.SIZE, content.length);
    return name;
  }

  void header(int offset, TrunkSlotHeader header) {
    ByteBuf out = Unpooled.wrappedBuffer(bytes).setIndex(offset, offset);
    header.write(out);
  }

  void zero(int offset, int size) {
    Arrays.fill(bytes, offset, offset + size, (byte) 0);
  }

  byte[] bytes() {
    return bytes;
  }

  /// Says that a name lies here.
  TrunkImage claim(LogicalName name) {
    TrunkPlace place = FileFacts.of(name).flatMap(FileFacts::trunk).orElseThrow();
    claims.add(new SlotWalk.Claim(place.offset(), place.slotSize(), name));
    return this;
  }

  /// Says that a block is free.
  TrunkImage free(long offset, long size) {
    free.add(new Span(offset, size));
    return this;
  }

  /// Walks; what is told in lines such as `slot 0+256 1 name` and `free 256+768`.
  List<String> walk() throws DiskException {
    try (Opened opened = open()) {
      told.clear();
      new SlotWalk(opened.window(), free.iterator(), claims.iterator(), this).walk();
      return List.copyOf(told);
    }
  }

  Opened open() throws DiskException {
    MemoryDisk disk = new MemoryDisk();
    disk.put(FOLDER.resolve("000001"), bytes);
    int directory = disk.openDirectory(FOLDER);
    int handle = disk.open(directory, "000001", OpenFlags.READ, 0);
    return new Opened(disk, handle, new SlotWindow(disk, handle, "000001", _ -> {}));
  }

  record Opened(Disk disk, int handle, SlotWindow window) implements AutoCloseable {
    @Override
    public void close() {
      window.close();
      disk.close(handle);
    }
  }

  @Override
  public void slot(Span at, TrunkSlotHeader header, List<LogicalName> names) {
    told.add("slot " + shown(at) + (names.isEmpty() ? "" : " " + names.size() + " named"));
  }

  @Override
  public void free(Span at) {
    told.add("free " + shown(at));
  }

  @Override
  public void gap(Span at) {
    told.add("gap " + shown(at));
  }

  @Override
  public void overlap(Span one, Span other, SlotWalk.Conflict conflict) {
    told.add(conflict + " " + shown(one) + " " + shown(other));
  }

  private static String shown(Span span) {
    return span.offset() + "+" + span.size();
  }
}
