package io.larder.protocol.disk;

import static org.assertj.core.api.Assertions.assertThat;

import io.larder.protocol.disk.BinlogLine.Broken;
import io.larder.protocol.disk.BinlogLine.Entry;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/// Whatever stands in a log or in metadata, reading goes on and writing is stable.
class DiskProperties {
  private static final String RECORDS =
      SampleFile.text("plain/base/data/sync/binlog.000")
          + SampleFile.text("trunk/base/data/sync/binlog.000");

  @Provide
  Arbitrary<String> metadata() {
    return Arbitraries.strings().withChars("ab\u0001\u0002\0\u00ff").ofMaxLength(600);
  }

  @Property(tries = 3000)
  void aDamagedLogIsSteppedThroughToItsEnd(
      @ForAll int place, @ForAll byte value, @ForAll int from) {
    byte[] bytes = RECORDS.getBytes(StandardCharsets.ISO_8859_1);
    bytes[Math.floorMod(place, bytes.length)] = value;
    ByteBuf log = Unpooled.wrappedBuffer(bytes).skipBytes(Math.floorMod(from, bytes.length));
    int length = log.readableBytes();

    int stepped = 0;
    int broken = 0;
    for (Optional<BinlogLine> line = BinlogLine.read(log);
        line.isPresent();
        line = BinlogLine.read(log)) {
      stepped += line.get().bytes();
      switch (line.get()) {
        case Entry entry -> assertThat(entry.record().change().name()).hasSizeGreaterThan(10);
        case Broken _ -> broken++;
      }
    }

    assertThat(stepped + log.readableBytes()).isEqualTo(length);
    assertThat(broken).isLessThanOrEqualTo(4); // the start, the damage (two lines), C's own defect
  }

  @Property(tries = 3000)
  void packedMetadataIsPackedAlready(@ForAll("metadata") String records) {
    Metadata metadata = Metadata.parse(records);

    assertThat(Metadata.parse(metadata.text())).isEqualTo(metadata);
    assertThat(metadata.mergedWith(metadata)).isEqualTo(metadata);
    assertThat(metadata.mergedWith(Metadata.parse(""))).isEqualTo(metadata);
  }
}
