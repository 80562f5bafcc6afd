import { randomInt } from 'node:crypto'

// Colours, weather, seasons and good humour; birds, trees and places. Nothing about bodies, illness, age,
// belief or nation, since it stands above what somebody in pain has written.

const qualities = words(`
  Amber Autumn Azure Blue Bold Breezy Bright Brisk Bronze Calm Candid Careful Cheerful Clear Clever
  Cloudy Coastal Cobalt Copper Coral Cordial Cosy Crimson Crisp Curious Dappled Daring Distant Eager Early Earnest
  Emerald Even Evening Fond Forest Frank Free Fresh Friendly Frosty Gallant Garden Generous Genial Gentle Glad
  Gleaming Golden Graceful Grateful Green Hardy Harvest Hazel Honest Hopeful Indigo Jade Jolly Joyful Keen Kind
  Lakeside Lavender Leafy Lemon Level Lilac Lively Loyal Lucky Lunar Maple Marine Mellow Merry Mild Mint Misty Modest
  Morning Mossy Neat Noble Northern Olive Open Orange Peaceful Pearl Placid Pleasant Polished Prudent Quiet Ready
  Reliable Restful Rosy Russet Rustic Saffron Sandy Sapphire Scarlet Serene Shining Silent Silver Sincere Snowy Soft
  Southern Starry Steady Sturdy Summer Sunlit Sunny Teal Thoughtful Tidal Tidy Tranquil True Trusty Upbeat Velvet
  Vivid Warm Watchful Western Willing Winter Wise Wooded Woodland
`)

const things = words(`
  Alder Aspen Avocet Badger Bay Beacon Beech Birch Bluebell Bridge Brook Bunting Buttercup Canyon Cedar Cliff Cloud
  Clover Comet Compass Cove Crane Creek Curlew Cypress Daisy Deer Dipper Dolphin Dune Egret Eider Elk Elm Falcon Fern
  Finch Fir Fox Glade Glen Goldfinch Grove Harbour Hare Haven Hawthorn Heather Hedgehog Heron Hill Holly Ibex Ibis
  Inlet Jay Juniper Kestrel Kingfisher Kite Lagoon Lake Lantern Lapwing Larch Lark Lighthouse Linden Linnet Lupin Lynx
  Magpie Marigold Marten Moon Moor Mountain Nuthatch Oak Ocean Oriole Osprey Otter Owl Path Pebble Petrel Pine Plover
  Pond Pony Poplar Prairie Primrose Puffin Rainbow Reef Ridge Robin Rowan Sage Sail Sandpiper Seal Sequoia Shore Siskin
  Snowdrop Sorrel Sparrow Spruce Squirrel Star Starling Stream Summit Sunrise Swan Sycamore Tern Thyme Tide Trail Tulip
  Village Violet Warbler Waterfall Wave Waxwing Wharf Willow Windmill Wren
`)

/** A name for one question, such as "Quiet Heron 482": one of some sixteen million, made from nothing but chance. */
export const newPseudonym = () => `${oneOf(qualities)} ${oneOf(things)} ${randomInt(100, 1000)}`

const oneOf = (list: string[]) => list[randomInt(list.length)]!

function words(text: string) {
  return text.trim().split(/\s+/)
}
