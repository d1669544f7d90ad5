package io.larder.http.problem;

import io.larder.protocol.RefusedException;
import io.larder.protocol.Status;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.vertx.core.json.JsonObject;

/// A refusal as an HTTP client sees it.
///
/// @param status the HTTP status
/// @param errno the native errno of the same refusal (S1 §1.2); 0 when there is none
/// @param detail what is wrong, in one sentence, for people
public record Problem(int status, int errno, String detail) {
  /// The content type of [#json()].
  public static final String CONTENT_TYPE = "application/problem+json";

  /// A request that is wrong in itself.
  public static Problem badRequest(String detail) {
    return new Problem(400, Status.EINVAL, detail);
  }

  /// A refusal of the store or of a peer.
  ///
  /// @param errno the native status, not 0
  /// @param detail the cause; may be empty
  public static Problem ofErrno(int errno, String detail) {
    String text = detail.isEmpty() ? meaning(errno) : detail;
    return new Problem(HttpStatusOf.errno(errno), errno, text);
  }

  /// A refusal thrown by a rule.
  public static Problem of(RefusedException refused) {
    return ofErrno(refused.status(), String.valueOf(refused.getMessage()));
  }

  /// The standard phrase of the status.
  public String title() {
    return HttpResponseStatus.valueOf(status).reasonPhrase();
  }

  /// The body: `type`, `status`, `title`, `detail`, and `errno` with `errnoName` where there is one.
  public String json() {
    JsonObject json =
        new JsonObject()
            .put("type", "about:blank")
            .put("status", status)
            .put("title", title())
            .put("detail", detail);
    if (errno != Status.OK) {
      json.put("errno", errno).put("errnoName", Status.name(errno));
    }
    return json.encode();
  }

  private static String meaning(int errno) {
    return switch (errno) {
      case Status.ENOENT -> "There is no such file.";
      case Status.ENOSPC -> "There is no space left.";
      case Status.EBUSY -> "The storage is busy; try again.";
      case Status.EIO -> "The disk failed.";
      default -> "Refused with " + Status.name(errno) + ".";
    };
  }
}
