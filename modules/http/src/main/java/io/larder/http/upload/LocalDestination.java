package io.larder.http.upload;

import io.larder.http.problem.Problem;
import io.larder.protocol.fileid.Extension;
import io.larder.protocol.fileid.FileId;
import io.larder.protocol.fileid.GroupName;
import io.larder.store.Delete;
import io.larder.store.Durability;
import io.larder.store.SetMetadata;
import io.larder.store.StoreJob;
import io.larder.store.StoreLane;
import io.larder.store.UploadHead;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.function.Consumer;

/// The store of this node.
///
/// @param lane the event loop's door to it
/// @param group the group of its files
/// @param least the least that its answers must promise
/// @param loop runs what it is given on the event loop, later
record LocalDestination(StoreLane lane, GroupName group, Durability least, Executor loop)
    implements Destination {

  @Override
  public Intake begin(Extension extension, long length, Intake.Listener listener) {
    UploadHead head = new UploadHead.NewFile(UploadHead.ANY_PATH, extension, false);
    return new LocalIntake(this, head, length, listener);
  }

  @Override
  public void describe(
      FileId file, Map<String, String> metadata, Consumer<Optional<Problem>> then) {
    SetMetadata job =
        new SetMetadata() {
          @Override
          protected void completed() {
            then.accept(problem(this));
          }
        };
    job.durable(least);
    job.submit(lane, file.name(), SetMetadata.Mode.OVERWRITE, FormFields.wire(metadata));
  }

  @Override
  public void delete(FileId file, Consumer<Optional<Problem>> then) {
    Delete job =
        new Delete() {
          @Override
          protected void completed() {
            then.accept(problem(this));
          }
        };
    job.durable(least);
    job.submit(lane, file.name());
  }

  private static Optional<Problem> problem(StoreJob job) {
    return job.ok() ? Optional.empty() : Optional.of(Problem.ofErrno(job.status(), job.message()));
  }
}
