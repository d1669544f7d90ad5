package io.larder.storage.event;

import static org.assertj.core.api.Assertions.assertThat;

import io.larder.store.PathEvent;
import io.larder.store.PathMode;
import io.vertx.core.buffer.Buffer;
import org.junit.jupiter.api.Test;

class PathEventCodecTest {
  private final PathEventCodec codec = new PathEventCodec();

  @Test
  void whatIsWrittenIsReadBack() {
    PathEvent event =
        new PathEvent(3, "/disk3", PathMode.NORMAL, PathMode.READ_ONLY, "a write failed", 1_795L);
    Buffer wire = Buffer.buffer("before");

    codec.encodeToWire(wire, event);
    wire.appendString("after");

    assertThat(codec.decodeFromWire("before".length(), wire)).isEqualTo(event);
    assertThat(codec.transform(event)).isSameAs(event);
  }
}
