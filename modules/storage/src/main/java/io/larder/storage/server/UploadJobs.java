package io.larder.storage.server;

import io.larder.store.SmallUpload;
import io.larder.store.StoreLane;
import io.larder.store.StreamedUpload;
import io.larder.store.UploadHead;
import io.netty.buffer.ByteBuf;
import org.jspecify.annotations.Nullable;

/// The uploads of one connection (11, 21, 23), whole in a buffer or streamed. Owner: the event loop.
final class UploadJobs {
  private final Replies replies;
  private final StoreLane lane;
  private final Small small = new Small();
  private @Nullable Large large;

  UploadJobs(Replies replies, StoreLane lane) {
    this.replies = replies;
    this.lane = lane;
  }

  void small(UploadHead head, ByteBuf body) {
    small.submit(lane, head, body);
  }

  void large(UploadHead head, long size, ByteBuf first) {
    Large job = new Large();
    large = job;
    job.begin(lane, head, size);
    job.flow.piece(first, false);
  }

  boolean isStreaming() {
    return large != null;
  }

  void chunk(ByteBuf chunk, boolean last) {
    Large job = large;
    if (job == null) {
      chunk.release();
    } else {
      job.flow.piece(chunk, last);
    }
  }

  void closed() {
    Large job = large;
    if (job != null) {
      large = null;
      job.abort();
    }
  }

  private final class Small extends SmallUpload {
    @Override
    protected void completed() {
      if (ok()) {
        replies.stored(stored());
      } else {
        replies.ended(this);
      }
    }
  }

  private final class Large extends StreamedUpload {
    private final BodyFlow flow = new BodyFlow(this, replies.connection());

    @Override
    protected void writable() {
      flow.writable();
    }

    @Override
    @SuppressWarnings("ReferenceEquality") // the very job that the connection waits for
    protected void completed() {
      if (large != this) {
        return;
      }
      large = null;
      if (ok()) {
        replies.stored(stored());
      } else {
        replies.ended(this);
      }
    }
  }
}
