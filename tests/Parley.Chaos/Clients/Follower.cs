using System.Net;
using System.Text.Json;
using Parley.Chaos.Staging;

namespace Parley.Chaos.Clients;

/// <summary>A program that follows a workspace's log at its own pace and at any node, keeps its cursor, and begins anew only where it is told that the store is another.</summary>
internal sealed class Follower(Line line, House house)
{
    private readonly List<(long Position, string Subject, long Seq)> _got = [];
    private string? _cursor;

    public House House { get; } = house;

    public string Name => $"program of {House.Name}";

    /// <summary>What it got, in the order in which it came.</summary>
    public IReadOnlyList<(long Position, string Subject, long Seq)> Got
    {
        get
        {
            lock (_got)
            {
                return [.. _got];
            }
        }
    }

    public async Task Run(CancellationToken stop)
    {
        while (await line.Ask(HttpMethod.Get, $"/v1/changes?limit=200{(_cursor is null ? "" : $"&after={Uri.EscapeDataString(_cursor)}")}", null, stop) is { } page)
        {
            if (page.Status == HttpStatusCode.Gone)
            {
                _cursor = null;
                lock (_got)
                {
                    _got.Clear();
                }

                continue;
            }

            if (page.Status != HttpStatusCode.OK)
            {
                await Line.Pause(200, stop);
                continue;
            }

            var items = page.Body.GetProperty("items").EnumerateArray().ToList();
            lock (_got)
            {
                _got.AddRange(items.Select(item => (item.GetProperty("position").GetInt64(), Subject(item), item.GetProperty("seq").GetInt64())));
            }

            _cursor = page["next"];
            if (items.Count == 0)
            {
                await Line.Pause(300, stop);
            }
        }
    }

    private static string Subject(JsonElement item) => (item.TryGetProperty("conversation", out var conversation) ? conversation : item.GetProperty("subject")).ToString();
}
