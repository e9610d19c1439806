package dev.stemfleet.common.media;

import org.bytedeco.ffmpeg.avcodec.AVPacketSideData;
import org.bytedeco.ffmpeg.avformat.AVStream;
import org.bytedeco.ffmpeg.global.avcodec;
import org.bytedeco.ffmpeg.global.avutil;
import org.bytedeco.javacpp.Pointer;

/// How a camera was held: a note beside the pictures by which players turn them.
final class LoopRotation {
  private static final int MATRIX_INTS = 9;

  private LoopRotation() {}

  static boolean isTurned(AVStream stream) {
    AVPacketSideData note =
        avcodec.av_packet_side_data_get(
            stream.codecpar().coded_side_data(),
            stream.codecpar().nb_coded_side_data(),
            avcodec.AV_PKT_DATA_DISPLAYMATRIX);
    if (Pointer.isNull(note) || note.size() < (long) MATRIX_INTS * Integer.BYTES) {
      return false;
    }
    int[] matrix = new int[MATRIX_INTS];
    note.data()
        .capacity((long) MATRIX_INTS * Integer.BYTES)
        .asByteBuffer()
        .order(java.nio.ByteOrder.nativeOrder())
        .asIntBuffer()
        .get(matrix);
    return Math.abs(avutil.av_display_rotation_get(matrix)) > 1;
  }
}
