using System.Text;
using Parley.Platform.Realtime;
using Shouldly;

namespace Parley.Tests.Platform.Realtime;

public class LineTests
{
    [Fact]
    public void A_client_that_keeps_up_gets_every_frame_at_once_and_in_order()
    {
        var client = new Client(new(10, 1_000));
        for (var i = 0; i < 100; i++)
        {
            client.Say($"{i}").ShouldBeTrue();
        }

        client.Got.ShouldBe(Enumerable.Range(0, 100).Select(i => $"{i}"));
    }

    [Fact]
    public async Task A_client_that_stalls_gets_what_waited_in_order_when_it_goes_on()
    {
        var client = new Client(new(10, 1_000));
        client.Stall();
        for (var i = 0; i < 10; i++)
        {
            client.Say($"{i}").ShouldBeTrue();
        }

        client.Got.ShouldBeEmpty();
        client.GoOn();
        await client.Until(10);
        client.Got.ShouldBe(Enumerable.Range(0, 10).Select(i => $"{i}"));
    }

    [Theory]
    [InlineData(5, 1_000_000)]
    [InlineData(1_000_000, 500)]
    public async Task A_client_that_is_too_slow_is_told_so_and_cut(int frames, int bytes)
    {
        var client = new Client(new(frames, bytes));
        client.Stall();
        var said = 0;
        while (client.Say(new string('x', 100)))
        {
            (++said).ShouldBeLessThan(20);
        }

        client.Say("nobody hears this").ShouldBeFalse();
        client.GoOn();
        await client.Until(3);
        client.Got.Skip(1).ShouldBe(["too slow", "closed"]);
    }

    [Fact]
    public async Task A_receipt_is_given_when_a_frame_has_left_and_not_before()
    {
        var client = new Client(new(10, 1_000));
        var receipt = new Receipt();
        client.Post("1"u8.ToArray(), receipt, 1);
        receipt.Numbers.ShouldBe([1]);
        client.Stall();
        client.Post("2"u8.ToArray(), receipt, 2);
        receipt.Numbers.ShouldBe([1]);
        client.GoOn();
        await client.Until(2);
        for (var i = 0; i < 500 && receipt.Numbers.Count < 2; i++)
        {
            await Task.Delay(10);
        }

        receipt.Numbers.ShouldBe([1, 2]);
    }

    [Fact]
    public async Task The_last_word_comes_after_all_others()
    {
        var client = new Client(new(10, 1_000));
        client.Stall();
        client.Say("1");
        client.Say("2");
        client.End("bye"u8.ToArray());
        client.Say("3").ShouldBeFalse();
        client.GoOn();
        await client.Until(4);
        client.Got.ShouldBe(["1", "2", "bye", "closed"]);
    }

    private sealed class Receipt : IReceipt
    {
        public List<long> Numbers { get; } = [];

        public void Written(long number) => Numbers.Add(number);
    }

    private sealed class Client(LineLimits limits) : Line(limits)
    {
        private readonly List<string> _got = [];
        private TaskCompletionSource? _stall;

        public IReadOnlyList<string> Got
        {
            get
            {
                lock (_got)
                {
                    return [.. _got];
                }
            }
        }

        protected override ReadOnlyMemory<byte> TooSlow { get; } = "too slow"u8.ToArray();

        public bool Say(string text) => Post(Encoding.UTF8.GetBytes(text));

        public void Stall() => _stall = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public void GoOn()
        {
            var stall = _stall!;
            _stall = null;
            stall.SetResult();
        }

        public async Task Until(int count)
        {
            for (var i = 0; i < 500 && Got.Count < count; i++)
            {
                await Task.Delay(10);
            }

            Got.Count.ShouldBe(count);
        }

        protected override ValueTask Write(ReadOnlyMemory<byte> frame)
        {
            var text = Encoding.UTF8.GetString(frame.Span);
            return _stall is { } stall ? new(Later(stall.Task, text)) : Now(text);
        }

        protected override ValueTask Close() => Now("closed");

        protected override void Abort()
        {
        }

        private ValueTask Now(string text)
        {
            lock (_got)
            {
                _got.Add(text);
            }

            return ValueTask.CompletedTask;
        }

        private async Task Later(Task stall, string text)
        {
            await stall;
            await Now(text);
        }
    }
}
