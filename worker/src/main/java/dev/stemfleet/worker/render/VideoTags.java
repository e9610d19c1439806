package dev.stemfleet.worker.render;

/// What a video file says about itself; an empty text is left out.
public record VideoTags(String title, String artist, String comment) {
  public static final VideoTags NONE = new VideoTags("", "", "");
}
