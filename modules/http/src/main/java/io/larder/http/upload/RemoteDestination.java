package io.larder.http.upload;

import io.larder.http.problem.Problem;
import io.larder.http.remote.Elsewhere;
import io.larder.http.remote.Faults;
import io.larder.protocol.fileid.Extension;
import io.larder.protocol.fileid.FileFacts;
import io.larder.protocol.fileid.FileId;
import io.larder.protocol.fileid.GroupName;
import io.larder.store.Durability;
import io.vertx.core.Context;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;
import java.util.zip.CRC32;
import org.jspecify.annotations.Nullable;

/// Another storage, found through the trackers.
///
/// @param elsewhere the rest of the cluster
/// @param context the verticle's
/// @param group the group files must go to; empty: any
record RemoteDestination(Elsewhere elsewhere, Context context, Optional<GroupName> group)
    implements Destination {

  RemoteDestination in(Optional<GroupName> wanted) {
    return new RemoteDestination(elsewhere, context, wanted);
  }

  @Override
  public Intake begin(Extension extension, long length, Intake.Listener listener) {
    return length == LENGTH_UNKNOWN
        ? new SpooledIntake(context.owner(), this, extension, listener)
        : new StreamedIntake(this, extension, length, listener);
  }

  @Override
  public void describe(
      FileId file, Map<String, String> metadata, Consumer<Optional<Problem>> then) {
    report(elsewhere.describe(file, metadata), then);
  }

  @Override
  public void delete(FileId file, Consumer<Optional<Problem>> then) {
    report(elsewhere.delete(file), then);
  }

  static Intake.Stored stored(FileId id, long size, CRC32 crc) {
    long time = FileFacts.of(id.name()).map(facts -> (long) facts.timestamp()).orElse(0L);
    return new Intake.Stored(id, size, (int) crc.getValue(), time, Durability.NONE);
  }

  private void report(CompletionStage<Void> stage, Consumer<Optional<Problem>> then) {
    stage.whenComplete(
        (done, fault) -> context.runOnContext(onLoop -> then.accept(problem(fault))));
  }

  private static Optional<Problem> problem(@Nullable Throwable fault) {
    return Optional.ofNullable(fault).map(Faults::problem);
  }
}
