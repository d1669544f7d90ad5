package io.larder.transport.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelConfig;
import io.netty.channel.ChannelOption;
import io.netty.channel.DefaultChannelConfig;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.channel.epoll.EpollChannelOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// Parts of requests are acknowledged at once, whole requests by their answers.
class QuickAckTest {
  private static final int STREAMED = 11;
  private static final int GATHERED = 12;

  private final Socket socket = new Socket();

  @AfterEach
  void close() {
    socket.finishAndReleaseAll();
  }

  @Test
  void headerThatComesAloneIsAcknowledged() {
    connect(true);

    socket.writeInbound(header(GATHERED, 20));

    assertThat(socket.acknowledged()).isEqualTo(1);
  }

  @Test
  void partOfAHeaderIsAcknowledged() {
    connect(true);

    socket.writeInbound(header(GATHERED, 20).readSlice(4));

    assertThat(socket.acknowledged()).isEqualTo(1);
  }

  @Test
  void everyPartIsAcknowledgedAnew() {
    connect(true);

    socket.writeInbound(header(GATHERED, 20));
    socket.writeInbound(Unpooled.buffer().writeZero(5));
    socket.writeInbound(Unpooled.buffer().writeZero(5));

    assertThat(socket.acknowledged()).isEqualTo(3);
  }

  @Test
  void partsOfALongBodyAreAcknowledged() {
    connect(true);

    socket.writeInbound(header(STREAMED, 1_000_000));
    socket.writeInbound(Unpooled.buffer().writeZero(1000));

    assertThat(socket.acknowledged()).isEqualTo(2);
  }

  @Test
  void wholeRequestIsNot() {
    connect(true);

    socket.writeInbound(header(GATHERED, 20).writeZero(20));

    assertThat(socket.acknowledged()).isZero();
  }

  @Test
  void nothingIsWhenTheSettingSaysSo() {
    connect(false);

    socket.writeInbound(header(GATHERED, 20));

    assertThat(socket.acknowledged()).isZero();
  }

  private void connect(boolean quickAck) {
    FrameServerOptions options =
        new FrameServerOptions(
            "127.0.0.1",
            0,
            1,
            FrameRules.storage(FrameRules.BUFFER_BYTES_DEFAULT, command -> command == STREAMED),
            Duration.ofSeconds(60),
            peer -> true,
            new Connections(10),
            quickAck);
    socket
        .pipeline()
        .addLast(
            new FrameConnection(
                socket, options, new Deadlines(), connection -> new Silent(connection)));
  }

  private static ByteBuf header(int command, long bodyLength) {
    return Unpooled.buffer().writeLong(bodyLength).writeByte(command).writeByte(0);
  }

  /// Takes requests and never answers.
  private record Silent(FrameConnection connection) implements Session {
    @Override
    public void request(int command, int flags, ByteBuf body) {
      body.release();
    }

    @Override
    public void begin(int command, int flags, long bodyLength, ByteBuf first) {
      first.release();
    }
  }

  /// A channel that remembers what it was asked to do.
  private static final class Socket extends EmbeddedChannel {
    private final List<ChannelOption<?>> asked = new ArrayList<>();
    private final @Nullable ChannelConfig config = new Remembering();

    @Override
    public ChannelConfig config() {
      ChannelConfig remembering = config;
      return remembering == null
          ? super.config()
          : remembering; // null while the super class makes itself
    }

    long acknowledged() {
      return asked.stream().filter(EpollChannelOption.TCP_QUICKACK::equals).count();
    }

    private final class Remembering extends DefaultChannelConfig {
      Remembering() {
        super(Socket.this);
      }

      @Override
      public <T> boolean setOption(ChannelOption<T> option, T value) {
        asked.add(option);
        return super.setOption(option, value);
      }
    }
  }
}
