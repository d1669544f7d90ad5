package io.larder.protocol.wire;

import static org.assertj.core.api.Assertions.assertThat;

import io.larder.protocol.vector.Vector;
import io.larder.protocol.vector.Vectors;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Every recorded reply is read and written back to the same bytes, a defect of C is read only.
class ReplyVectorTest {
  static Stream<Vector> refusals() {
    return Vectors.all().filter(v -> v.reply().exists() && status(v) != 0);
  }

  static Stream<Vector> successes() {
    return Vectors.all().filter(v -> v.reply().exists() && status(v) == 0 && isServed(v));
  }

  @ParameterizedTest
  @MethodSource("refusals")
  void aRefusalIsTenBytes(Vector vector) {
    ByteBuf written = Unpooled.buffer();

    Header.writeEmptyReply(written, status(vector));

    if (vector.bug().filter("error-with-body"::equals).isPresent()) {
      Header recorded = Header.read(vector.reply().bytes());
      assertThat(recorded.bodyLength()).isPositive();
      assertThat(written.readableBytes()).isEqualTo(Header.SIZE);
    } else {
      assertThat(ByteBufUtil.hexDump(written)).isEqualTo(vector.reply().hex());
    }
  }

  @ParameterizedTest
  @MethodSource("successes")
  void aReplyIsReadByItsRequestsCommandAndWrittenBack(Vector vector) {
    ByteBuf frame = vector.reply().bytes();
    Header header = Header.read(frame);
    Command command = Command.find(vector.code()).orElseThrow();

    Reply reply = command.readReply(new BodyReader(frame));

    ByteBuf written = Unpooled.buffer();
    reply.write(written);
    assertThat(header.command()).isEqualTo(Header.REPLY);
    if (vector.bug().filter("echo-body"::equals).isPresent()) {
      assertThat(header.bodyLength()).isPositive();
      assertThat(reply).isEqualTo(new Done());
      assertThat(written.readableBytes()).isEqualTo(Header.SIZE);
    } else {
      assertThat(ByteBufUtil.hexDump(written)).isEqualTo(vector.reply().normalisedHex());
      FieldRows.assertCarried(vector.reply(), reply);
    }
  }

  private static boolean isServed(Vector vector) {
    return Command.find(vector.code()).filter(Command::served).isPresent();
  }

  private static int status(Vector vector) {
    return Header.read(vector.reply().bytes()).status();
  }
}
