namespace Parley.Bench;

/// <summary>What a stream costs that says nothing.</summary>
internal static class Idle
{
    /// <summary>Kilobytes of the server's memory a stream, between some streams and many more.</summary>
    public static async Task<double> Measure(Child server, bool parley, int streams)
    {
        await using var stage = await Stage.Empty(server.Address, parley);
        // The first ones pay for code, pools and tables that are there once.
        await Open(stage, parley, 500);
        await Task.Delay(3_000);
        var before = server.Memory();
        await Open(stage, parley, streams);
        await Task.Delay(3_000);
        return (server.Memory() - before) / 1024.0 / streams;
    }

    private static async Task Open(Stage stage, bool parley, int count)
    {
        for (var opened = 0; opened < count; opened += 50)
        {
            await Task.WhenAll(Enumerable.Range(0, Math.Min(50, count - opened)).Select(async _ => await stage.Follow(parley ? await stage.Visit() : null)));
        }
    }
}
