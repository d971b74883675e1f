using System.Globalization;
using System.Text;
using System.Text.Json;
using Parley.Platform;
using Shouldly;

namespace Parley.Tests.Platform;

public class JsonTests
{
    [Fact]
    public void Times_are_written_as_the_framework_would_to_the_millisecond()
    {
        var random = new Random(15);
        DateTimeOffset[] edges = [DateTimeOffset.MinValue, DateTimeOffset.MaxValue, DateTimeOffset.UnixEpoch, new(2024, 2, 29, 23, 59, 59, 999, TimeSpan.FromHours(14)), new(2026, 1, 1, 0, 0, 0, 1, TimeSpan.FromHours(-12))];
        var some = Enumerable.Range(0, 2_000).Select(_ => new DateTimeOffset(random.NextInt64(DateTime.MaxValue.Ticks - TimeSpan.TicksPerDay) + TimeSpan.TicksPerDay, TimeSpan.Zero).ToOffset(TimeSpan.FromMinutes(random.Next(-719, 720))));
        foreach (var time in edges.Concat(some))
        {
            var plain = time.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture);
            Json.Text(time).ShouldBe(plain);
            JsonSerializer.Serialize(time, Json.Options).ShouldBe($"\"{plain}\"");
        }
    }

    [Fact]
    public void Bytes_are_what_was_written_also_where_the_last_was_longer_or_broke_off()
    {
        Text(new string('x', 200_000)).Length.ShouldBe(200_002);
        Text("short").ShouldBe("\"short\"");
        Should.Throw<InvalidOperationException>(() => Json.Bytes(0, static (writer, _) =>
        {
            writer.WriteStartObject();
            throw new InvalidOperationException();
        }));
        Text("after").ShouldBe("\"after\"");

        static string Text(string text) => Encoding.UTF8.GetString(Json.Bytes(text, static (writer, it) => writer.WriteStringValue(it)));
    }
}
