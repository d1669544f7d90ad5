package io.larder.storage.event;

import io.larder.store.PathEvent;
import io.larder.store.PathMode;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.eventbus.MessageCodec;
import io.vertx.core.json.JsonObject;

/// The form of a [PathEvent] between nodes: JSON behind its length. Within a node the record itself is handed over.
public final class PathEventCodec implements MessageCodec<PathEvent, PathEvent> {
  @Override
  public void encodeToWire(Buffer buffer, PathEvent event) {
    Buffer json =
        new JsonObject()
            .put("index", event.index())
            .put("directory", event.directory())
            .put("before", event.before().text())
            .put("now", event.now().text())
            .put("reason", event.reason())
            .put("time", event.timeSeconds())
            .toBuffer();
    buffer.appendInt(json.length()).appendBuffer(json);
  }

  @Override
  public PathEvent decodeFromWire(int position, Buffer buffer) {
    int from = position + Integer.BYTES;
    JsonObject json = buffer.getBuffer(from, from + buffer.getInt(position)).toJsonObject();
    return new PathEvent(
        json.getInteger("index"),
        json.getString("directory"),
        PathMode.parse(json.getString("before")),
        PathMode.parse(json.getString("now")),
        json.getString("reason"),
        json.getLong("time"));
  }

  @Override
  public PathEvent transform(PathEvent event) {
    return event;
  }

  @Override
  public String name() {
    return "larder.path-event";
  }

  @Override
  public byte systemCodecID() {
    return -1;
  }
}
