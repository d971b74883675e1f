using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Parley.Conversations;
using Parley.Log;
using Parley.Platform;
using Shouldly;
using Xunit.Abstractions;
using static Parley.Tests.Conversations.Story;

namespace Parley.Tests.Log;

public class CommandTests(ITestOutputHelper output)
{
    private static readonly Command[] Wishes =
    [
        new Post(ByAna, It, Content.Of(new string('ü', 300)), Blended), new Close(ByKim, It), new Reopen(ByKim, It), new Rate(ByAna, It, 4, 5, "Well, \"thank\" <you>"),
    ];

    /// <summary>It stands in the store beside each command that was done: another way to make it must come to the same.</summary>
    [Fact]
    public void A_fingerprint_is_the_hash_of_what_the_wish_is_and_says()
    {
        foreach (var wish in Wishes.Concat(Wishes.Reverse()))
        {
            wish.Fingerprint().ShouldBe(Plainly(wish));
        }

        Wishes.Select(wish => wish.Fingerprint()).ShouldBeUnique();
    }

    [Fact]
    public void A_fingerprint_leaves_nothing_behind()
    {
        var (kept, plain) = (Allocated(wish => wish.Fingerprint()), Allocated(Plainly));
        output.WriteLine($"{kept} bytes, plainly {plain}");
        kept.ShouldBeLessThan(plain / 4);
    }

    private static long Allocated(Func<Command, long> make)
    {
        make(Wishes[0]);
        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var i = 0; i < 1_000; i++)
        {
            make(Wishes[0]);
        }

        return (GC.GetAllocatedBytesForCurrentThread() - before) / 1_000;
    }

    private static long Plainly(Command wish) =>
        BitConverter.ToInt64(SHA256.HashData([.. Encoding.UTF8.GetBytes(wish.GetType().Name), .. JsonSerializer.SerializeToUtf8Bytes(wish, wish.GetType(), Json.Options)]));
}
