package io.larder.tracker.session;

import io.larder.protocol.wire.Reply;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;

/// Answers a request once a change has happened.
interface Answerer {
  /// Answers at once.
  void now(Reply reply);

  /// Makes the reply on the connection's event loop when the stage is done, or refuses as it did.
  <R> void after(CompletionStage<R> stage, Function<R, Reply> reply);
}
